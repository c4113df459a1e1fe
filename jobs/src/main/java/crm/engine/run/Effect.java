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
   * Does it.
   *
   * @param now the moment to record, UTC
   * @return what was done, for a person
   */
  String run(PublishedTables tables, Instant now);
}
