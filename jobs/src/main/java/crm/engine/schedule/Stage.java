package crm.engine.schedule;

import java.util.Locale;

/** What a task does, in the order in which stages follow each other. */
public enum Stage {
  /** Ingestions. */
  LOAD,
  /** Running totals. */
  STATE,
  /** Results and models. */
  COMPUTE,
  /** Points readers to what the others made, and lets effects follow. */
  PUBLISH;

  /** As settings and task groups name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
