package crm.models.customer.churn;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.when;

import crm.learning.scoring.ScoringFrame;
import crm.learning.scoring.features.ScoringFeature;
import crm.models.customer.churn.Behaviour.OtherActivity;
import crm.models.customer.churn.Behaviour.Purchase;
import crm.warehouse.Money;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.customer.CustomerActivity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Customers at all cuts, from one pass over what they did: a row per customer and cut at which the
 * customer was active, with the features of {@link Behaviour} and, but for the newest cut, whether
 * the customer then left. Of the newest cut those long gone have a row too, to be counted.
 *
 * <p>Orders cancelled later than a cut are left out of it, as they no longer count.
 */
record ChurnRows(ObservationDates cuts, int activeDays) implements FlatMapFunction<Row, Row> {
  /** The part of rows that are to be scored. */
  static final String SCORED = "SCORED";

  /** The part of customers who bought and are long gone. */
  static final String GONE = "GONE";

  /** Names a row: a customer comes once per cut. */
  static final List<String> KEY = List.of(Table.SOURCE, "customer_id", "cut");

  private static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};

  /**
   * Computes features and outcomes at all cuts. A row is a customer at a cut: {@link #KEY}, the
   * features of {@link Behaviour}, part and outcome.
   */
  Dataset<Row> rows(Inputs in, LocalDate logicalDate) {
    Dataset<Row> purchases =
        in.get(CUSTOMER_PURCHASE_DAYS)
            .where(col("purchased_on").leq(lit(logicalDate)))
            .groupBy(CUSTOMER[0], CUSTOMER[1])
            .agg(
                sort_array(
                        collect_list(
                            struct(
                                day("purchased_on"),
                                col("orders"),
                                Money.units(col("gross_amount")))))
                    .as("purchases"));
    return purchases
        .join(in.get(CUSTOMERS), CUSTOMER, "left_semi")
        .join(returns(in), CUSTOMER, "left")
        .join(contacts(in), CUSTOMER, "left")
        .select(
            "source",
            "customer_id",
            "purchases",
            "returned",
            "returns_lately",
            "contacts_lately",
            "last_contact")
        .flatMap(this, Encoders.row(schema()));
  }

  /**
   * Sums returns. A row is a customer with any; each column is an array with a value per cut,
   * {@code returned} in units of money.
   */
  private Dataset<Row> returns(Inputs in) {
    Column day = col("returned_on");
    return in.get(ORDER_RETURNS)
        .where(col("customer_id").isNotNull())
        .groupBy(CUSTOMER[0], CUSTOMER[1])
        .agg(
            perCut(cut -> sum(when(day.leq(lit(cut)), Money.units(col("amount"))))).as("returned"),
            perCut(cut -> count(when(CustomerActivity.isRecent(day, cut), lit(1))))
                .as("returns_lately"));
  }

  /**
   * Counts interactions. A row is a customer with any; each column is an array with a value per
   * cut, {@code last_contact} in days since 1970.
   */
  private Dataset<Row> contacts(Inputs in) {
    Column day = col("occurred_on");
    return in.get(INTERACTIONS)
        .where(col("customer_id").isNotNull())
        .groupBy(CUSTOMER[0], CUSTOMER[1])
        .agg(
            perCut(cut -> count(when(CustomerActivity.isRecent(day, cut), lit(1))))
                .as("contacts_lately"),
            perCut(cut -> max(when(day.leq(lit(cut)), day("occurred_on")))).as("last_contact"));
  }

  private Column perCut(Function<LocalDate, Column> measure) {
    return array(
        cuts.days().stream().map(LocalDate::ofEpochDay).map(measure).toArray(Column[]::new));
  }

  private static Column day(String date) {
    return unix_date(col(date)).cast("bigint");
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add("source", DataTypes.StringType)
            .add("customer_id", DataTypes.StringType)
            .add("cut", DataTypes.IntegerType)
            .add(ScoringFrame.PART, DataTypes.StringType)
            .add(ScoringFrame.OUTCOME, DataTypes.IntegerType)
            .add(ScoringFrame.BASELINE, DataTypes.IntegerType);
    for (ScoringFeature feature : Behaviour.FEATURES) {
      schema = schema.add(feature.name(), DataTypes.DoubleType);
    }
    return schema;
  }

  @Override
  public Iterator<Row> call(Row customer) {
    List<Purchase> purchases =
        customer.<Row>getList(2).stream()
            .map(row -> new Purchase(row.getLong(0), row.getLong(1), row.getLong(2)))
            .toList();
    List<Row> rows = new ArrayList<>();
    for (int cut = 0; cut < cuts.days().size(); cut++) {
      row(customer, purchases, cut).ifPresent(rows::add);
    }
    return rows.iterator();
  }

  private Optional<Row> row(Row customer, List<Purchase> purchases, int cut) {
    long day = cuts.days().get(cut);
    return Behaviour.of(purchases, otherActivity(customer, cut), day)
        .filter(known -> known.recencyDays() <= activeDays || cut == 0)
        .map(
            known ->
                RowFactory.create(
                    Stream.concat(
                            Stream.of(
                                customer.get(0),
                                customer.get(1),
                                cut,
                                cuts.part(cut)
                                    .map(Enum::name)
                                    .orElse(known.recencyDays() <= activeDays ? SCORED : GONE),
                                cuts.part(cut).isEmpty()
                                    ? null
                                    : Behaviour.left(purchases, day, cuts.horizonDays()) ? 1 : 0,
                                known.recencyBucket(cuts.horizonDays())),
                            Arrays.stream(known.values()))
                        .toArray()));
  }

  private static OtherActivity otherActivity(Row customer, int cut) {
    return new OtherActivity(
        at(customer, 3, cut).orElse(0L),
        at(customer, 4, cut).orElse(0L),
        at(customer, 5, cut).orElse(0L),
        at(customer, 6, cut));
  }

  private static Optional<Long> at(Row customer, int column, int cut) {
    return customer.isNullAt(column)
        ? Optional.empty()
        : Optional.ofNullable(customer.<Long>getList(column).get(cut));
  }
}
