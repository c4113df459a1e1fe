package crm.testing;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.store.Published;
import crm.store.PublishedTables;
import crm.store.Warehouse;
import crm.warehouse.Column;
import crm.warehouse.Table;
import crm.warehouse.tables.AllTables;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers of the source {@code shop}, as loads and jobs commit them. */
public final class MarketedCompany {
  private final Warehouse warehouse;

  public MarketedCompany(Path root) {
    warehouse = new Warehouse(Sessions.small(), root.toString());
  }

  /**
   * Commits the rows of a date. What is not given is NULL, or zero where there has to be a value.
   *
   * @param columns names, between commas
   * @param values as SQL's VALUES has them
   */
  public void write(Table table, String date, String columns, String values) {
    write(
        table,
        date,
        Sessions.small().sql("select * from values %s as t(%s)".formatted(values, columns)));
  }

  public void write(Table table, String date, Dataset<Row> given) {
    List<String> names = Arrays.asList(given.columns());
    LocalDate day = LocalDate.parse(date);
    Dataset<Row> rows =
        given.select(
            table.storedColumns().stream()
                .filter(column -> !column.name().equals(Table.LOGICAL_MONTH))
                .map(column -> value(column, names, day).cast(column.type()).as(column.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
    warehouse.replace(table, rows, day, day, Optional.empty());
  }

  private static org.apache.spark.sql.Column value(
      Column column, List<String> names, LocalDate day) {
    if (names.contains(column.name())) {
      return col(column.name());
    }
    return switch (column.name()) {
      case Table.SOURCE -> lit("shop");
      case Table.LOGICAL_DATE -> lit(Date.valueOf(day));
      case Table.SEQUENCE -> lit(day.toEpochDay());
      default -> lit(column.required() ? 0 : null);
    };
  }

  /** Publishes what there is. */
  public PublishedTables publish(String runId) {
    Map<String, Long> versions = new TreeMap<>();
    for (Table table : AllTables.ALL) {
      warehouse.version(table).ifPresent(version -> versions.put(table.qualifiedName(), version));
    }
    new Published(runId, versions)
        .write(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
    return new PublishedTables(warehouse);
  }

  public Warehouse warehouse() {
    return warehouse;
  }
}
