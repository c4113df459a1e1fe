package crm.report;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.LocalDate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Rows of {@code ops.model_runs} as runs leave them. */
public final class RecordedModels {
  private RecordedModels() {}

  public static Row metric(String name, double value, double baseline) {
    return RowFactory.create(name, value, "closer", baseline);
  }

  public static Row published(String model, LocalDate date, Row... metrics) {
    return run(model, date, null, metrics);
  }

  public static Row refused(String model, LocalDate date, String refusal) {
    return run(model, date, refusal);
  }

  private static Row run(String model, LocalDate date, String refusal, Row... metrics) {
    return RowFactory.create(
        model + date,
        "run-1",
        model,
        Date.valueOf(date),
        "",
        Date.valueOf(date),
        null,
        refusal == null ? "published" : "refused",
        refusal,
        "A",
        new Object[] {RowFactory.create("method", "item-item")},
        metrics,
        new Object[0],
        new Object[0],
        "",
        "",
        "",
        "",
        Timestamp.valueOf(date.atStartOfDay()));
  }
}
