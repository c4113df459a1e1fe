package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CONTACT_POINTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.engine.store.Published;
import crm.engine.store.PublishedTables;
import crm.engine.store.Warehouse;
import crm.testing.Sessions;
import crm.warehouse.Field;
import crm.warehouse.Table;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Customers of the source {@code shop} who were asked, as loads and jobs commit them. */
final class AskedCompany {
  /** The day of {@code customer_360}; what is committed later is of later days. */
  static final String DAY = "2026-01-31";

  private final Warehouse warehouse;
  private LocalDate today = LocalDate.parse(DAY);

  AskedCompany(Path root) {
    warehouse = new Warehouse(Sessions.small(), root.toString());
  }

  /** Customers with three orders each, known as "Name of ID". */
  void customers(Map<String, List<String>> idsByCountry) {
    commit(CUSTOMER_360, "customer_id, country, orders", each(idsByCountry, "('%1$s', '%2$s', 3)"));
    commit(
        CUSTOMERS,
        "customer_id, full_name, country",
        each(idsByCountry, "('%1$s', 'Name of %1$s', '%2$s')"));
  }

  private static String each(Map<String, List<String>> idsByCountry, String row) {
    return idsByCountry.entrySet().stream()
        .flatMap(ids -> ids.getValue().stream().map(id -> row.formatted(id, ids.getKey())))
        .collect(Collectors.joining(", "));
  }

  /** Another day begins, and its commits. */
  AskedCompany nextDay() {
    today = today.plusDays(1);
    return this;
  }

  void withdraw(String id) {
    nextDay()
        .commit(
            CONSENTS,
            "customer_id, channel, purpose, status",
            "('%s', 'email', 'marketing', 'withdrawn')".formatted(id));
  }

  /**
   * Commits rows of today. What is not given is NULL, or zero where there has to be a value.
   *
   * @param columns names, between commas
   * @param values as SQL's VALUES has them
   */
  void commit(Table table, String columns, String values) {
    commit(
        table, Sessions.small().sql("select * from values %s as t(%s)".formatted(values, columns)));
  }

  void commit(Table table, Dataset<Row> given) {
    List<String> names = Arrays.asList(given.columns());
    Dataset<Row> rows =
        given.select(
            table.layout().columns().stream()
                .filter(column -> !column.name().equals(Table.LOGICAL_MONTH))
                .map(column -> value(column, names).cast(column.type()).as(column.name()))
                .toArray(org.apache.spark.sql.Column[]::new));
    warehouse.replace(table, rows, today, today, Optional.empty());
  }

  private org.apache.spark.sql.Column value(Field column, List<String> names) {
    if (names.contains(column.name())) {
      return col(column.name());
    }
    return switch (column.name()) {
      case Table.SOURCE -> lit("shop");
      case Table.LOGICAL_DATE -> lit(Date.valueOf(today));
      case Table.SEQUENCE -> lit(today.toEpochDay());
      default -> lit(column.required() ? 0 : null);
    };
  }

  /** Publishes what there is. */
  PublishedTables publish() {
    Map<String, Long> versions = new TreeMap<>();
    versions.put(CUSTOMER_360.qualifiedName(), warehouse.version(CUSTOMER_360).orElseThrow());
    new Published("run-1", versions)
        .write(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
    return new PublishedTables(warehouse);
  }

  Warehouse warehouse() {
    return warehouse;
  }

  static String addresses(List<String> ids) {
    return each(Map.of("", ids), "('%1$s', 'email', '%1$s@example.com')");
  }

  static String agreements(List<String> ids) {
    return each(Map.of("", ids), "('%1$s', 'email', 'marketing', 'granted')");
  }

  void contacts(String values) {
    commit(CONTACT_POINTS, "customer_id, channel, value", values);
  }

  void answers(String values) {
    commit(CONSENTS, "customer_id, channel, purpose, status", values);
  }
}
