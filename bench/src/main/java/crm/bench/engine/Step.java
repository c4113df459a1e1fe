package crm.bench.engine;

import java.util.List;

/** What is measured, in this order; each step finds what the one before left. */
public enum Step {
  /** Two years of files become typed, deduplicated tables. */
  INGEST,
  /** From those tables: totals per customer, RFM measures and scores. */
  RFM,
  /** One more day: its files are loaded, and the scores are those of that day. */
  DAY;

  /** The ingestions that take part. */
  static final List<String> LOADS =
      List.of(
          "load_shop_order_lines",
          "load_shop_orders",
          "load_shop_order_returns",
          "load_shop_customers");
}
