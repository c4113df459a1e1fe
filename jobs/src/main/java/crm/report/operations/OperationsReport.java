package crm.report.operations;

import static java.util.stream.Collectors.joining;

import crm.report.figures.Runs;
import crm.report.page.Group;
import crm.report.page.Numbers;
import java.util.ArrayList;
import java.util.List;

/**
 * The report's part on how its numbers came about.
 *
 * @param runs of each job the last
 * @param gaps days that were accepted as missing
 */
public record OperationsReport(
    Runs ops, List<Runs.LastRun> runs, List<Runs.AcceptedGap> gaps, Numbers numbers) {

  public OperationsReport(Runs ops, Numbers numbers) {
    this(ops, ops.last(), ops.acceptedGaps(), numbers);
  }

  /** Draws how long jobs ran, and what became of the records. */
  public List<Group> groups() {
    return List.of(
        new Group(
            "operations",
            "Behind the numbers",
            List.of(
                TimingSection.section(runs, numbers),
                QualitySections.records(ops.outcomes(), numbers),
                QualitySections.gaps(gaps),
                QualitySections.rejections(ops.rejections(), numbers))));
  }

  /**
   * Says what a reader must know before any number: runs that failed, and days that are missing.
   */
  public List<String> notices() {
    List<String> notices = new ArrayList<>();
    List<Runs.LastRun> bad = runs.stream().filter(run -> !run.isGood()).toList();
    if (!bad.isEmpty()) {
      notices.add(
          "The last run of %s did not succeed; what is shown may be older than the newest delivery. See: crm status"
              .formatted(String.join(", ", bad.stream().map(Runs.LastRun::job).toList())));
    }
    if (!gaps.isEmpty()) {
      notices.add(
          "The numbers lack days of %s, which were accepted as missing; they are named under %s."
              .formatted(
                  gaps.stream().map(Runs.AcceptedGap::job).distinct().collect(joining(", ")),
                  QualitySections.GAPS));
    }
    return notices;
  }
}
