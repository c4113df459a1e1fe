package crm.learning.recommending;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import crm.learning.itemsets.Catalogue;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What customers bought on which day.
 *
 * @param products there are
 * @param rows of source, customer_id, code, ordered_on and orders, which is in how many orders of
 *     the day the product was
 * @param cache computes rows that are used several times one time
 */
public record Purchases(Catalogue products, Dataset<Row> rows, UnaryOperator<Dataset<Row>> cache) {
  /** Column of the day, a DATE. */
  public static final String DAY = "ordered_on";

  /** The first day there is one. */
  public Optional<LocalDate> firstDay() {
    return Optional.ofNullable(rows.agg(min(DAY)).head().getDate(0)).map(Date::toLocalDate);
  }

  public Purchases upTo(LocalDate last) {
    return new Purchases(products, rows.where(col(DAY).leq(lit(last))), cache);
  }

  public Purchases after(LocalDate last) {
    return new Purchases(products, rows.where(col(DAY).gt(lit(last))), cache);
  }
}
