package crm.warehouse;

import java.util.Locale;

/** Where a table stands between delivery and use. */
public enum Layer {
  /** Files as delivered (bronze). */
  LANDING,
  /** Typed, validated, deduplicated rows (silver). */
  CORE,
  /** What people query (gold). */
  CURATED,
  /** The records of runs. */
  OPS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
