package crm.export.audience;

import static crm.export.audience.CustomerFacts.CUSTOMER;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.engine.store.PublishedTables;
import crm.warehouse.RowHash;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * The customers an audience's rule is true of on a date, and what becomes of each by what is
 * committed now.
 *
 * @param customers kept until this is closed: key, {@link Reach#OUTCOME}, the audience's columns
 * @param counts customers of every outcome
 */
public record Selection(
    Audience audience,
    LocalDate date,
    Reach reach,
    Dataset<Row> customers,
    Map<Outcome, Long> counts)
    implements AutoCloseable {
  private static final String[] KEY = {"_source", "_customer_id"};

  /**
   * @param wanted the date, or the newest
   * @throws crm.warehouse.UserError if a table has nothing to say of the date
   */
  public static Selection of(
      Audience audience, PublishedTables published, Optional<LocalDate> wanted) {
    LocalDate date = wanted.orElseGet(() -> CustomerFacts.newestDate(published));
    Reach reach = Reach.asCommitted(published.warehouse(), audience.purpose(), audience.channel());
    Dataset<Row> matched =
        CustomerFacts.read(published, date, audience.tables())
            .as("customer_360")
            .where(audience.rule().column());
    List<Column> columns =
        new ArrayList<>(
            List.of(col(CUSTOMER[0]).as(KEY[0]), col(CUSTOMER[1]).as(KEY[1]), col(Reach.OUTCOME)));
    audience.columns().forEach(column -> columns.add(column.column().as(column.of())));
    Dataset<Row> customers =
        reach
            .withReach(matched)
            .as("customer_360")
            .select(columns.toArray(Column[]::new))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Selection selection =
        new Selection(audience, date, reach, customers, new EnumMap<>(Outcome.class));
    try {
      selection.countOutcomes(matched);
      return selection;
    } catch (RuntimeException e) {
      selection.close();
      throw e;
    }
  }

  /** Every customer the rule is true of has one outcome. */
  private void countOutcomes(Dataset<Row> matched) {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, 0L);
    }
    customers
        .groupBy(Reach.OUTCOME)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(Outcome.named(row.getString(0)), row.getLong(1)));
    long matching = matched.count();
    if (matching != matched()) {
      throw new IllegalStateException(
          "Audience %s: the rule is true of %d customers, and %d have an outcome."
              .formatted(audience.name(), matching, matched()));
    }
  }

  /** Customers the rule is true of. */
  public long matched() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Customers who may be reached. */
  public long reachable() {
    return counts.get(Outcome.EXPORTED);
  }

  /**
   * Selects the rows of the files, ordered by the customers' keys, in so many parts. A row is an
   * exported customer.
   */
  Dataset<Row> rows(int parts) {
    return laidOut(customers, audience.columns(), audience.layout(), parts);
  }

  /** The same for the same rows, in whatever order and format they are written. */
  String rowsHash() {
    Column hash = RowHash.column(List.of(customers.columns())).cast("decimal(38,0)");
    Row sums =
        customers
            .where(col(Reach.OUTCOME).equalTo(Outcome.EXPORTED.toString()))
            .agg(count(lit(1)), sum(hash))
            .head();
    return sums.get(0) + ":" + sums.get(1);
  }

  static Dataset<Row> laidOut(
      Dataset<Row> customers, List<CustomerExpression> given, FileLayout layout, int parts) {
    List<Column> columns = new ArrayList<>(List.of(col(KEY[0]), col(KEY[1])));
    List<String> names = given.stream().map(CustomerExpression::of).toList();
    for (FileLayout.FileColumn column : layout.columns().apply(names)) {
      columns.add(column.written().apply(col(column.of())).as(column.heading()));
    }
    return customers
        .where(col(Reach.OUTCOME).equalTo(Outcome.EXPORTED.toString()))
        .select(columns.toArray(Column[]::new))
        .repartitionByRange(parts, col(KEY[0]), col(KEY[1]))
        .sortWithinPartitions(KEY[0], KEY[1])
        .drop(KEY);
  }

  @Override
  public void close() {
    customers.unpersist();
  }
}
