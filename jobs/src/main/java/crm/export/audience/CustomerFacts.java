package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;

import crm.engine.store.PublishedTables;
import crm.warehouse.Columns;
import crm.warehouse.Kind;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What an audience may ask of a customer: the columns of {@code customer_360} by their names, and
 * those of the other tables with a row per customer as {@code table.column}.
 */
final class CustomerFacts {
  static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};

  /** The address on the audience's channel, and the customer's name: in files alone. */
  static final List<String> PERSONAL = List.of("contact", "full_name");

  /** The tables that are joined where they are named. */
  static final List<Table> OTHERS =
      AllTables.ALL.stream()
          .filter(table -> table.layer() == Layer.CURATED && table.kind() == Kind.SNAPSHOT)
          .filter(table -> table.key().equals(List.of(CUSTOMER)))
          .filter(table -> !table.equals(CUSTOMER_360))
          .toList();

  private CustomerFacts() {}

  private static List<String> columns(Table table) {
    List<String> names = new ArrayList<>(table.columnNames());
    names.add(Table.LOGICAL_DATE);
    return names;
  }

  /** Lists the columns that may be named of every table, {@code customer_360} first. */
  static Map<String, List<String>> columnsByTable() {
    Map<String, List<String>> columns = new LinkedHashMap<>();
    columns.put(CUSTOMER_360.name(), columns(CUSTOMER_360));
    OTHERS.forEach(table -> columns.put(table.name(), columns(table)));
    return columns;
  }

  /** No customer, with every column that expressions may name. */
  static StructType schema() {
    StructType schema = CUSTOMER_360.layout().schema();
    for (Table other : OTHERS) {
      schema = schema.add(other.name(), other.layout().schema());
    }
    for (String personal : PERSONAL) {
      schema = schema.add(personal, DataTypes.StringType);
    }
    return schema;
  }

  /** The newest date there are customers of. */
  static LocalDate newestDate(PublishedTables published) {
    return newest(published, CUSTOMER_360, Optional.empty())
        .orElseThrow(
            () ->
                UserError.usage(
                    "%s holds no customers yet. Run first: crm run --all --date D", CUSTOMER_360));
  }

  /**
   * Reads the customers of a date, without the personal columns. A row is a customer: the columns
   * of {@code customer_360}, and a struct per named table.
   *
   * @throws UserError if a table has nothing to say of the date
   */
  static Dataset<Row> read(PublishedTables published, LocalDate date, Collection<Table> named) {
    Dataset<Row> customers = on(published, CUSTOMER_360, date);
    for (Table table : named) {
      customers =
          customers.join(
              on(published, table, date)
                  .select(
                      col(Table.SOURCE),
                      col("customer_id"),
                      struct(Columns.named(columns(table))).as(table.name())),
              CUSTOMER,
              "left");
    }
    return customers;
  }

  /** A model's results are those of the newest date that was accepted, unless that is long ago. */
  private static Dataset<Row> on(PublishedTables published, Table table, LocalDate date) {
    LocalDate resultDate =
        newest(published, table, Optional.of(date))
            .filter(
                newest ->
                    table.isModelOutput()
                        ? !newest.isBefore(date.minusDays(Table.MODEL_MAX_AGE_DAYS))
                        : newest.equals(date))
            .orElseThrow(
                () ->
                    UserError.retryable(
                        "%s has no rows for %s in the published run. See what there is with: crm sql"
                            + " \"select distinct logical_date from %s\", and run first: crm run --all"
                            + " --date %s",
                        table, date, table, date));
    return published
        .rows(table)
        .where(col(Table.LOGICAL_DATE).equalTo(lit(resultDate)))
        .select(Columns.named(columns(table)));
  }

  private static Optional<LocalDate> newest(
      PublishedTables published, Table table, Optional<LocalDate> upTo) {
    Dataset<Row> rows = published.rows(table);
    Dataset<Row> past =
        upTo.map(date -> rows.where(col(Table.LOGICAL_DATE).leq(lit(date)))).orElse(rows);
    return Optional.ofNullable(past.agg(max(Table.LOGICAL_DATE)).head().getDate(0))
        .map(Date::toLocalDate);
  }
}
