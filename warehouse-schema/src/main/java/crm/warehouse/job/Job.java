package crm.warehouse.job;

import crm.warehouse.Table;
import crm.warehouse.settings.RecordText;
import java.time.LocalDate;
import java.util.List;

/**
 * A pure function from tables to tables for one logical date. Parameters are constructor arguments,
 * so a job is best a record.
 */
public interface Job {
  /** A name in snake case; also the scheduler's task id. */
  String name();

  /** The tables {@link #run} may ask for; asking for another fails. */
  List<Table> reads();

  /** The tables {@link #run} must fill. */
  List<Table> writes();

  /**
   * Writes the settings that decide what the job computes from its inputs, by name. A state is
   * recomputed when it changes.
   */
  default String settingsText() {
    return RecordText.write(this);
  }

  /** Computes the rows of every written table for the date. */
  Outputs run(Inputs in, LocalDate logicalDate);
}
