package crm.report.customer;

import crm.report.figures.CustomerFigures.ChurnRisk;
import crm.report.figures.Deciles;
import crm.report.figures.LastModel;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.job.ModelRun.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws who is about to leave, and whether those who were to leave did. */
final class ChurnSections {
  private static final String RISK = "Who is about to leave";
  private static final String TESTED = "Predicted and actual leaving";

  private ChurnSections() {}

  static Section risk(List<ChurnRisk> risks, LastModel model, Numbers numbers) {
    if (risks.isEmpty()) {
      return Section.empty(
          "churn", RISK, "No customer has a probability of leaving. " + why(model));
    }
    ChurnRisk first = risks.get(0);
    return new Section(
        "churn",
        RISK,
        "Of %s who bought lately, %s are expected not to buy in the %d days after %s. The groups are quintiles of earlier customers; the reason is the most frequent main reason for leaving."
            .formatted(
                numbers.people(risks.stream().mapToLong(ChurnRisk::customers).sum()),
                numbers.count(Math.round(risks.stream().mapToDouble(ChurnRisk::leaving).sum())),
                first.days(),
                first.scoredOn()),
        BarChart.divided(
            "A bar per group of customers, divided into those expected to leave and to stay.",
            List.of(new Key(Tone.BAD, "to leave"), new Key(Tone.MAIN, "to stay")),
            risks,
            risk ->
                new BarChart.Row(
                    risk.name(),
                    "%s · %s leave"
                        .formatted(numbers.people(risk.customers()), numbers.percent(risk.share())),
                    List.of(
                        new BarChart.Amount(risk.share(), Tone.BAD),
                        new BarChart.Amount(1 - risk.share(), Tone.MAIN)))),
        DataTable.of(
            List.of("Risk", "Most frequent reason"),
            List.of("Customers", "Expected to leave", "Of the group"),
            risks,
            risk ->
                List.of(
                    risk.name(),
                    risk.reason().map(feature -> feature.replace('_', ' ')).orElse("-"),
                    numbers.count(risk.customers()),
                    numbers.decimal(risk.leaving()),
                    numbers.percent(risk.share()))));
  }

  /** A decile of the tested customers, of the share {@code all} of whom left. */
  private record Decile(String name, double predicted, double left, double all, double found) {
    double lift() {
      return all == 0 ? 1 : left / all;
    }
  }

  /** Draws the metrics of the model: a calibration and a lift for each decile. */
  static Section tested(LastModel model, Numbers numbers) {
    List<Metric> metrics = model.metricsOf("tenth_");
    if (metrics.isEmpty()) {
      return Section.empty("churn-tested", TESTED, "No model was tested. " + why(model));
    }
    List<Decile> deciles = deciles(metrics);
    Decile top = deciles.get(0);
    double off =
        deciles.stream().mapToDouble(t -> Math.abs(t.predicted() - t.left())).average().orElse(0);
    return new Section(
        "churn-tested",
        TESTED,
        String.format(
            Locale.ROOT,
            "Customers of an earlier day whom the model had not seen, sorted by its score and cut into deciles. The top decile left %.1f times as often as all and held %s of those who left; predicted and actual are %.1f points apart on average.%s",
            top.lift(),
            numbers.percent(top.found()),
            100 * off,
            model.refusal().map(why -> " A newer model is not used: " + why).orElse("")),
        BarChart.compared(
            "Two bars per decile of customers: the share predicted to leave and the share that left.",
            List.of(new Key(Tone.MAIN, "predicted"), new Key(Tone.SECOND, "left")),
            deciles,
            decile ->
                new BarChart.Row(
                    decile.name(),
                    String.format(
                        Locale.ROOT,
                        "%.0f %% predicted · %.0f %% left",
                        100 * decile.predicted(),
                        100 * decile.left()),
                    List.of(
                        new BarChart.Amount(decile.predicted(), Tone.MAIN),
                        new BarChart.Amount(decile.left(), Tone.SECOND)))),
        DataTable.of(
            List.of("Decile"),
            List.of("Predicted", "Left", "Lift", "Of all who left, down to here"),
            deciles,
            decile ->
                List.of(
                    decile.name(),
                    numbers.percent(decile.predicted()),
                    numbers.percent(decile.left()),
                    numbers.precise(decile.lift()),
                    numbers.percent(decile.found()))));
  }

  private static List<Decile> deciles(List<Metric> metrics) {
    double sum = metrics.stream().mapToDouble(Metric::value).sum();
    List<Decile> deciles = new ArrayList<>();
    double found = 0;
    for (int i = 0; i < metrics.size(); i++) {
      Metric metric = metrics.get(i);
      found += metric.value();
      deciles.add(
          new Decile(
              Deciles.name(i + 1),
              metric.baseline().getAsDouble(),
              metric.value(),
              sum / metrics.size(),
              sum == 0 ? 0 : found / sum));
    }
    return deciles;
  }

  private static String why(LastModel model) {
    return model
            .refusal()
            .map(why -> "The newest model is not used: " + why)
            .or(() -> Optional.ofNullable(model.parameters().get("fallback")))
            .map(why -> why.replaceAll("[.]$", "") + ". ")
            .orElse("")
        + "See: crm models customer_churn";
  }
}
