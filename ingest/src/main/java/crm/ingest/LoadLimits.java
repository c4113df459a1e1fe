package crm.ingest;

import crm.ingest.source.Feed;
import crm.ingest.source.SourceMapping;
import crm.ingest.source.TableMapping;
import crm.warehouse.UserError;
import crm.warehouse.job.OutcomeCounts;
import java.time.LocalDate;
import java.util.NavigableSet;

/**
 * Limits of a load, beyond which it writes nothing.
 *
 * @param load its name
 */
public record LoadLimits(String load, SourceMapping source, Feed feed, TableMapping mapping) {

  /**
   * Stops the run if the files hold nothing so late that they ought to.
   *
   * @param last the last date that is loaded
   * @param held the days of all records that were read
   */
  public void requireDay(LocalDate last, NavigableSet<LocalDate> held) {
    // Days without a record between others are days on which nothing happened.
    if (feed.logicalDate().isEmpty() || !feed.failOnMissing() || held.isEmpty()) {
      return;
    }
    if (held.last().isBefore(last)) {
      throw UserError.retryable(
          "The files of %s hold no day after %s, and %s is asked for, so nothing was written. Wait"
              + " for the source and run again; or load up to that day: crm run %s --date %s. If"
              + " such days are normal, set on-missing = empty for the feed.",
          feed.files(), held.last(), last, load, held.last());
    }
  }

  /** Stops the run if the records of one day are too bad, given how many became what. */
  public void requireGoodCounts(LocalDate logicalDate, OutcomeCounts counts) {
    double rejectedPercent = 100.0 * counts.rejected() / Math.max(1, counts.recordsIn());
    if (rejectedPercent > source.maxRejectedPercent()) {
      throw UserError.gate(
          "%s rejected %.1f %% of the %d records of %s; max-rejected-percent of source %s is %s, so"
              + " nothing was written. See why: crm rejected --job %s --date %s. Then correct the"
              + " files or the mapping and run again, or raise the limit.",
          load,
          rejectedPercent,
          counts.recordsIn(),
          logicalDate,
          source.source(),
          source.maxRejectedPercent(),
          load,
          logicalDate);
    }
    long known = counts.tombstones() + counts.unchanged() + counts.accepted();
    double deletedPercent = 100.0 * counts.tombstones() / Math.max(1, known);
    if (deletedPercent > mapping.maxDeletedPercent()) {
      throw UserError.gate(
          "The full dump of %s for %s lacks %d keys that are stored, %.1f %% of all;"
              + " max-deleted-percent is %s, so nothing was written. If the dump is whole, raise"
              + " max-deleted-percent of %s in source %s and run again.",
          load,
          logicalDate,
          counts.tombstones(),
          deletedPercent,
          mapping.maxDeletedPercent(),
          mapping.table(),
          source.source());
    }
  }
}
