package crm.report.operations;

import crm.report.figures.Runs;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.util.List;
import java.util.Locale;

/** Draws how long the last runs took. */
final class TimingSection {
  private static final String ID = "timing";
  private static final String TITLE = "How long the last runs took";

  private TimingSection() {}

  static Section section(List<Runs.LastRun> runs, Numbers numbers) {
    if (runs.isEmpty()) {
      return Section.empty(ID, TITLE, "No run is recorded.");
    }
    return new Section(
        ID,
        TITLE,
        "Wall clock seconds of the last run of every job, in the order they ran.",
        BarChart.compared(
            "A bar of seconds per job.",
            List.of(),
            runs,
            run -> new BarChart.Row(run.job(), spent(run), run.seconds())),
        DataTable.of(
            List.of("Job", "First date", "Last date", "Status"),
            List.of("Dates", "Rows written", "Seconds"),
            runs,
            run ->
                List.of(
                    run.job(),
                    run.first().toString(),
                    run.last().toString(),
                    String.join(", ", run.statuses()),
                    numbers.count(run.dates()),
                    numbers.count(run.rowsOut()),
                    seconds(run))));
  }

  private static String spent(Runs.LastRun run) {
    String seconds = seconds(run) + " s";
    return run.isGood() ? seconds : seconds + ", " + String.join(", ", run.statuses());
  }

  private static String seconds(Runs.LastRun run) {
    return String.format(Locale.ROOT, "%,.1f", run.seconds());
  }
}
