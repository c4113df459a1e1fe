package crm.report.operations;

import crm.report.figures.Runs;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Draws whether the numbers can be believed: what became of the records, and why some did not
 * count.
 */
final class QualitySections {
  private static final String RECORDS = "Records of the last loads";
  static final String GAPS = "Days that were accepted as missing";
  private static final String REJECTED = "Why records were rejected";

  private QualitySections() {}

  static Section records(List<Runs.Outcomes> outcomes, Numbers numbers) {
    if (outcomes.isEmpty()) {
      return Section.empty("records", RECORDS, "The last run of no ingestion read a record.");
    }
    return new Section(
        "records",
        RECORDS,
        "What became of the records each ingestion read in its last run; left out are duplicates,"
            + " what is stored already, and what a file holds of days that were not loaded.",
        BarChart.divided(
            "A bar per ingestion, divided into accepted, left out and rejected records.",
            List.of(
                new Key(Tone.MAIN, "accepted"),
                new Key(Tone.SECOND, "left out"),
                new Key(Tone.BAD, "rejected")),
            outcomes,
            of -> row(of, numbers)),
        DataTable.of(
            List.of("Ingestion", "Newest date"),
            List.of(
                "Files",
                "Records",
                "Accepted",
                "Rejected",
                "Duplicates",
                "Unchanged",
                "Collapsed",
                "Filtered",
                "Suppressed",
                "Other day"),
            outcomes,
            of ->
                List.of(
                    of.job(),
                    of.last().toString(),
                    numbers.count(of.files()),
                    numbers.count(of.counts().recordsIn()),
                    numbers.count(of.counts().accepted()),
                    numbers.count(of.counts().rejected()),
                    numbers.count(of.counts().duplicates()),
                    numbers.count(of.counts().unchanged()),
                    numbers.count(of.counts().collapsed()),
                    numbers.count(of.counts().filtered()),
                    numbers.count(of.counts().suppressed()),
                    numbers.count(of.counts().otherDay()))));
  }

  private static BarChart.Row row(Runs.Outcomes of, Numbers numbers) {
    return new BarChart.Row(
        of.job(),
        numbers.count(of.counts().recordsIn())
            + (of.counts().rejected() == 0
                ? ""
                : ", rejected " + numbers.count(of.counts().rejected())),
        List.of(
            new BarChart.Amount((double) of.counts().accepted(), Tone.MAIN),
            new BarChart.Amount((double) of.leftOut(), Tone.SECOND),
            new BarChart.Amount((double) of.counts().rejected(), Tone.BAD)));
  }

  static Section gaps(List<Runs.AcceptedGap> gaps) {
    if (gaps.isEmpty()) {
      return Section.empty("gaps", GAPS, "No day was accepted as missing.");
    }
    return Section.ofTable(
        "gaps",
        GAPS,
        "What these ingestions should have brought is in no number here: somebody let the runs go on without it. Loading such a day ends its gap.",
        DataTable.of(
            List.of("Ingestion", "First date", "Last date"),
            List.of("Days"),
            gaps,
            gap ->
                List.of(
                    gap.job(),
                    gap.first().toString(),
                    gap.last().toString(),
                    String.valueOf(ChronoUnit.DAYS.between(gap.first(), gap.last()) + 1))));
  }

  static Section rejections(List<Runs.Rejections> rejections, Numbers numbers) {
    if (rejections.isEmpty()) {
      return Section.empty("rejected", REJECTED, "No record is rejected.");
    }
    return Section.ofTable(
        "rejected",
        REJECTED,
        "By reason, over all dates. The command crm rejected shows the records themselves.",
        DataTable.of(
            List.of("Ingestion", "Reason", "Column", "Newest date"),
            List.of("Records"),
            rejections,
            of ->
                List.of(
                    of.job(),
                    of.reason(),
                    of.column(),
                    of.newest().toString(),
                    numbers.count(of.records()))));
  }
}
