package crm.warehouse;

/** How a table lives in time: what a job for logical date D reads of it. */
public enum Kind {
  /** Landing drops: the file records of D. Ingestion opens those files. */
  FILES,
  /**
   * Facts whose key is never issued again: all rows delivered on or before D whose event date is on
   * or before D.
   */
  EVENTS,
  /**
   * What a source may amend or delete, and running state: per key the newest row delivered on or
   * before D, then no tombstones and no event date after D.
   */
  ENTITIES,
  /** Computed results: the rows dated D. */
  SNAPSHOT,
  /** Append-only records of runs. */
  LOG;

  /**
   * Returns whether rows carry the source they came from and are partitioned by month of delivery.
   */
  public boolean isDelivered() {
    return this == EVENTS || this == ENTITIES;
  }
}
