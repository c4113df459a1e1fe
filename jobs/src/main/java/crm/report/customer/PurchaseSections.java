package crm.report.customer;

import crm.report.figures.CustomerFigures.AliveGroup;
import crm.report.figures.LastModel;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.job.ModelRun.Metric;
import java.util.List;

/** Draws who is still a customer and will buy again, and whether such predictions came true. */
final class PurchaseSections {
  private static final String ALIVE = "Who is still a customer";
  private static final String HOLDOUT = "Predicted and actual purchases";
  private static final String GROUP = "holdout_purchases_after_";

  private PurchaseSections() {}

  static Section alive(List<AliveGroup> groups, Numbers numbers) {
    if (groups.isEmpty()) {
      return Section.empty("alive", ALIVE, "Nobody bought yet, so nothing can be predicted.");
    }
    return new Section(
        "alive",
        ALIVE,
        "Customers by the probability that they still buy here, and the discounted value of what each group is expected to buy in the next %d months. Whether customers left who bought on one day only, the model cannot say."
            .formatted(groups.get(0).months()),
        BarChart.compared(
            "A bar per group of customers: the value expected of it.",
            List.of(),
            groups,
            group ->
                new BarChart.Row(
                    group.name(),
                    "%s · %s"
                        .formatted(
                            numbers.people(group.customers()), numbers.compact(group.value())),
                    group.value().doubleValue())),
        DataTable.of(
            List.of("Probability"),
            List.of("Customers", "Expected purchases", "Expected value, " + numbers.currency()),
            groups,
            group ->
                List.of(
                    group.name(),
                    numbers.count(group.customers()),
                    numbers.decimal(group.purchases()),
                    numbers.amount(group.value()))));
  }

  /** Draws the metrics of the model that is in use. */
  static Section holdout(LastModel model, Numbers numbers) {
    List<Metric> groups = model.metricsOf(GROUP);
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
            groups,
            group ->
                new BarChart.Row(
                    repeats(group),
                    "%s predicted · %s actual"
                        .formatted(
                            numbers.compact(group.value()),
                            numbers.compact(group.baseline().getAsDouble())),
                    List.of(
                        new BarChart.Amount(group.value(), Tone.MAIN),
                        new BarChart.Amount(group.baseline().getAsDouble(), Tone.SECOND)))),
        DataTable.of(
            List.of("Repeat purchases before"),
            List.of("Predicted", "Actual"),
            groups,
            group ->
                List.of(
                    repeats(group),
                    numbers.decimal(group.value()),
                    numbers.decimal(group.baseline().getAsDouble()))));
  }

  private static String repeats(Metric group) {
    return group.name().substring(GROUP.length()).replace('_', ' ');
  }
}
