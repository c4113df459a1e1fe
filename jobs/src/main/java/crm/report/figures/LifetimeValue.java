package crm.report.figures;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The value of all customers.
 *
 * @param customers who ever ordered
 * @param formula in words, with the settings it was reckoned with
 */
public record LifetimeValue(long customers, BigDecimal total, String formula, Deciles deciles) {

  public static LifetimeValue of(PublishedDay day) {
    Dataset<Row> values = day.visible(CUSTOMER_LIFETIME_VALUE);
    Row all =
        values
            .agg(
                count(lit(1)),
                coalesce(sum("clv_npv"), lit(BigDecimal.ZERO)),
                max("lifespan_years"),
                max("discount_rate"))
            .head();
    return new LifetimeValue(
        all.getLong(0),
        all.getDecimal(1),
        all.isNullAt(2)
            ? "none was computed"
            : String.format(
                Locale.ROOT,
                "net present value of %d years at %s %%",
                all.getInt(2),
                BigDecimal.valueOf(100 * all.getDouble(3))
                    .setScale(2, RoundingMode.HALF_UP)
                    .stripTrailingZeros()
                    .toPlainString()),
        Deciles.of(values, col("clv_npv").multiply(lit(100)).cast("bigint")));
  }
}
