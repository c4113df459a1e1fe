package crm.warehouse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a job computed: the rows of each table it writes. */
public final class Outputs {
  private final Map<Table, Dataset<Row>> rows;

  private Outputs(Map<Table, Dataset<Row>> rows) {
    this.rows = Collections.unmodifiableMap(rows);
  }

  public static Outputs of(Table table, Dataset<Row> rows) {
    return new Outputs(new LinkedHashMap<>(Map.of(table, rows)));
  }

  /** These outputs and one more table. */
  public Outputs and(Table table, Dataset<Row> more) {
    Map<Table, Dataset<Row>> all = new LinkedHashMap<>(rows);
    all.put(table, more);
    return new Outputs(all);
  }

  public Map<Table, Dataset<Row>> rows() {
    return rows;
  }
}
