package crm.export.audience;

import static crm.export.audience.CustomerFacts.CUSTOMER;
import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CONTACT_POINTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import crm.engine.store.AsOf;
import crm.engine.store.Warehouse;
import crm.warehouse.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Who may be reached for a purpose on a channel, as committed when this was made, whatever day is
 * exported: at the newest version of each table, on the newest day that any was delivered. Nobody
 * may be reached who did not say yes. Of customers with {@linkplain Channel#compared one address}
 * all have to have said yes: the strictest wins, and a customer without an answer said no.
 *
 * @param versions of the tables that say so; none of a table that is not there
 */
record Reach(
    Warehouse warehouse, String purpose, Channel channel, Map<Table, Optional<Long>> versions) {
  /** Added to customers: an {@link Outcome}. */
  static final String OUTCOME = "_outcome";

  private static final String STATUS = "_status";
  private static final String LIVES = "_lives";
  private static final String HAS_CONTACT = "_has_contact";
  private static final String ADDRESS = "_address";
  private static final String REFUSED = "_refused";

  static Reach asCommitted(Warehouse warehouse, String purpose, Channel channel) {
    return new Reach(warehouse, purpose, channel, versionsNow(warehouse));
  }

  private static Map<Table, Optional<Long>> versionsNow(Warehouse warehouse) {
    return List.of(CONSENTS, CONTACT_POINTS, CUSTOMERS).stream()
        .collect(Collectors.toMap(Function.identity(), warehouse::version));
  }

  /** Returns whether nothing was committed since that could change the answer. */
  boolean isStillTrue() {
    return versions.equals(versionsNow(warehouse));
  }

  Optional<Long> version(Table table) {
    return versions.get(table);
  }

  /**
   * Adds to customers their name, their contact on the channel, and {@link #OUTCOME}: whether they
   * are exported, or why not. A row is a customer.
   */
  Dataset<Row> withReach(Dataset<Row> customers) {
    LocalDate newest = newestDay();
    Dataset<Row> living =
        visible(CUSTOMERS, newest)
            .select(col(Table.SOURCE), col("customer_id"), col("full_name"), lit(true).as(LIVES));
    Dataset<Row> answers =
        visible(CONSENTS, newest)
            .where(col("purpose").equalTo(purpose).and(col("channel").equalTo(channel.toString())))
            .select(col(Table.SOURCE), col("customer_id"), col("status").as(STATUS));
    Dataset<Row> contacts =
        visible(CONTACT_POINTS, newest)
            .where(col("channel").equalTo(channel.toString()))
            .select(
                col(Table.SOURCE),
                col("customer_id"),
                channel.written(col("value")).as("contact"),
                channel.compared(col("value")).as(ADDRESS),
                lit(true).as(HAS_CONTACT));
    Dataset<Row> refused =
        contacts
            .join(answers, CUSTOMER, "left")
            .where(col(ADDRESS).isNotNull().and(not(granted())))
            .select(col(ADDRESS), lit(true).as(REFUSED))
            .distinct();
    return customers
        .join(living, CUSTOMER, "left")
        .join(answers, CUSTOMER, "left")
        .join(contacts, CUSTOMER, "left")
        .join(refused, new String[] {ADDRESS}, "left")
        .withColumn(OUTCOME, outcome())
        .drop(LIVES, STATUS, HAS_CONTACT, ADDRESS, REFUSED);
  }

  private static Column outcome() {
    return when(col(LIVES).isNull(), code(Outcome.DELETED))
        .when(col(STATUS).isNull(), code(Outcome.NO_CONSENT))
        .when(col(STATUS).equalTo("withdrawn"), code(Outcome.WITHDRAWN))
        .when(not(granted()), code(Outcome.DENIED))
        .when(col(HAS_CONTACT).isNull(), code(Outcome.NO_CONTACT))
        .when(col("contact").isNull(), code(Outcome.INVALID_CONTACT))
        .when(col(REFUSED), code(Outcome.SHARED_ADDRESS))
        .otherwise(code(Outcome.EXPORTED));
  }

  private static Column granted() {
    return coalesce(col(STATUS).equalTo("granted"), lit(false));
  }

  private static Column code(Outcome outcome) {
    return lit(outcome.toString());
  }

  /** As of the newest day that any of the tables was delivered. */
  private Dataset<Row> visible(Table table, LocalDate newest) {
    return AsOf.visible(table, stored(table), newest);
  }

  private LocalDate newestDay() {
    Date newest =
        versions.keySet().stream()
            .map(table -> stored(table).select(Table.LOGICAL_DATE))
            .reduce(Dataset::union)
            .orElseThrow()
            .agg(max(Table.LOGICAL_DATE))
            .head()
            .getDate(0);
    return newest == null ? LocalDate.EPOCH : newest.toLocalDate();
  }

  private Dataset<Row> stored(Table table) {
    return version(table)
        .map(version -> warehouse.stored(table, version))
        .orElseGet(() -> warehouse.stored(table));
  }
}
