package crm.report.customer;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.report.figures.LastModel;
import crm.report.figures.PublishedDay;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.job.ModelRun.Metric;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;

/** Who is still a customer and will buy again, and whether such predictions came true. */
final class PurchaseSections {
  private static final String ALIVE = "Who is still a customer";
  private static final String HOLDOUT = "Predicted and actual purchases";
  private static final int PARTS = 5;

  private PurchaseSections() {}

  static Section alive(PublishedDay day, Numbers numbers) {
    List<Row> parts =
        day.visible(CUSTOMER_LIFETIME_VALUE)
            .where(col("predicted_purchases").isNotNull())
            .groupBy(
                when(col("p_alive").lt(1), col("p_alive").multiply(lit(PARTS)).cast("int"))
                    .when(col("p_alive").equalTo(1), lit(PARTS - 1))
                    .as("part"))
            .agg(
                count(lit(1)).as("customers"),
                sum("predicted_purchases").as("purchases"),
                coalesce(sum("predicted_clv"), lit(BigDecimal.ZERO)).as("value"),
                max("horizon_months").as("months"))
            .orderBy(col("part").desc_nulls_last())
            .collectAsList();
    if (parts.isEmpty()) {
      return Section.empty("alive", ALIVE, "Nobody bought yet, so nothing can be predicted.");
    }
    int months = parts.get(0).getAs("months");
    return new Section(
        "alive",
        ALIVE,
        "Customers by the probability that they still buy here, and the discounted value of what each group is expected to buy in the next %d months. Whether customers left who bought on one day only, the model cannot say."
            .formatted(months),
        BarChart.compared(
            "A bar per group of customers: the value expected of it.",
            List.of(),
            parts.stream()
                .map(
                    part ->
                        new BarChart.Row(
                            name(part),
                            "%s · %s"
                                .formatted(
                                    numbers.people(part.<Long>getAs("customers")),
                                    numbers.compact(part.<BigDecimal>getAs("value"))),
                            part.<BigDecimal>getAs("value").doubleValue()))
                .toList()),
        new DataTable(
            List.of("Probability"),
            List.of("Customers", "Expected purchases", "Expected value, " + numbers.currency()),
            parts.stream()
                .map(
                    part ->
                        List.of(
                            name(part),
                            numbers.count(part.<Long>getAs("customers")),
                            numbers.decimal(part.<Double>getAs("purchases")),
                            numbers.amount(part.getAs("value"))))
                .toList()));
  }

  private static String name(Row part) {
    if (part.isNullAt(0)) {
      return "bought on one day";
    }
    int min = part.getInt(0) * 100 / PARTS;
    return "%d to %d %%".formatted(min, min + 100 / PARTS);
  }

  /** By the metrics of the newest model that was graded. */
  static Section holdout(PublishedDay day, Numbers numbers) {
    List<Metric> groups = LastModel.of(day, CUSTOMER_LIFETIME_VALUE).metricsOf(GROUP);
    if (groups.isEmpty()) {
      return Section.empty(
          "holdout",
          HOLDOUT,
          "There are too few days or customers yet to hold some back. See: crm models customer_lifetime_value");
    }
    return new Section(
        "holdout",
        HOLDOUT,
        "The model was also fitted without the last days, and predicted them: expected and actual purchases, by how often customers had bought again before.",
        BarChart.compared(
            "Two bars per group of customers: expected and actual purchases.",
            List.of(new Key(Tone.MAIN, "predicted"), new Key(Tone.SECOND, "actual")),
            groups.stream()
                .map(
                    group ->
                        new BarChart.Row(
                            repeats(group),
                            "%s predicted · %s actual"
                                .formatted(
                                    numbers.compact(group.value()),
                                    numbers.compact(group.baseline().getAsDouble())),
                            List.of(
                                new BarChart.Amount(group.value(), Tone.MAIN),
                                new BarChart.Amount(group.baseline().getAsDouble(), Tone.SECOND))))
                .toList()),
        new DataTable(
            List.of("Repeat purchases before"),
            List.of("Predicted", "Actual"),
            groups.stream()
                .map(
                    group ->
                        List.of(
                            repeats(group),
                            numbers.decimal(group.value()),
                            numbers.decimal(group.baseline().getAsDouble())))
                .toList()));
  }

  private static final String GROUP = "holdout_purchases_after_";

  private static String repeats(Metric group) {
    return group.name().substring(GROUP.length()).replace('_', ' ');
  }
}
