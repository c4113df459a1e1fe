package crm.engine.run;

import crm.engine.store.PublishedTables;
import java.time.Instant;

/**
 * What cannot be pure because it speaks to the world now: a report, copies for other systems. It
 * reads the published run, follows a run or is asked for, and may be repeated at any time.
 */
public interface Effect {
  /** As in the setting {@code effects}. */
  String name();

  /**
   * Runs on the published tables.
   *
   * @param now the moment to record, UTC
   * @return what was done
   */
  Result run(PublishedTables tables, Instant now);

  /** What an effect did; each effect has its own record of it. */
  interface Result {
    /** Says it in a line. */
    String summary();
  }
}
