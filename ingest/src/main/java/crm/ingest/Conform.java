package crm.ingest;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.to_utc_timestamp;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Check;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Makes typed columns of text fields and finds what is wrong with each record: the first problem is
 * kept, as a code and a column.
 */
final class Conform {
  static final String FILTERED = "_filtered";

  private static final String OFFSET = ".*(Z|[+-]\\d{2}:?\\d{2})$";
  private static final String DAY = "^\\d{4}-\\d{1,2}-\\d{1,2}.*";
  private static final DataType WIDE = DataTypes.createDecimalType(38, 18);

  /**
   * What holds for all sources.
   *
   * @param timeZone whose calendar days the business counts in, and what moments without an offset
   *     are in
   * @param baseCurrency the one currency amounts are in
   * @param maxFutureDays how far beyond its logical date a row's event date may lie
   */
  record Rules(ZoneId timeZone, String baseCurrency, int maxFutureDays) {}

  private final Feed feed;
  private final TableMapping mapping;
  private final Rules rules;

  Conform(Feed feed, TableMapping mapping, Rules rules) {
    this.feed = feed;
    this.mapping = mapping;
    this.rules = rules;
  }

  /**
   * Adds the table's columns, {@link Table#SEQUENCE} and {@link Table#IS_DELETED}, {@link
   * #FILTERED}, and fills {@link Records#PROBLEM} where it is empty.
   */
  Dataset<Row> apply(Dataset<Row> records) {
    List<Column> given = new ArrayList<>(List.of(col("*")));
    given.add(expression("where", mapping.where().orElse("true")).as("_where"));
    given.add(expression("deleted", mapping.deleted().orElse("false")).as("_deleted"));
    mapping.sequence().ifPresent(sql -> given.add(expression("sequence", sql).as("_sequence")));
    mapping.currency().ifPresent(sql -> given.add(expression("currency", sql).as("_currency")));
    for (crm.warehouse.Column column : mapping.table().columns()) {
      String sql = mapping.columns().get(column.name());
      if (sql != null) {
        given.add(expression(column.name(), sql).as(given(column)));
      }
    }
    Dataset<Row> values = records.select(given.toArray(Column[]::new));
    Dataset<Row> typed =
        values
            .withColumn(FILTERED, not(coalesce(col("_where").cast("boolean"), lit(false))))
            .withColumn(Table.IS_DELETED, coalesce(col("_deleted").cast("boolean"), lit(false)))
            .withColumn(
                Table.SEQUENCE,
                mapping.sequence().isPresent()
                    ? sequence(values.schema().apply("_sequence").dataType())
                    : lit(null).cast("bigint"));
    for (crm.warehouse.Column column : mapping.table().columns()) {
      typed = typed.withColumn(column.name(), typed(column, values));
    }
    for (Table.EventDate date : mapping.table().eventDate().stream().toList()) {
      if (!mapping.columns().containsKey(date.column())) {
        typed =
            typed.withColumn(
                date.column(),
                to_date(from_utc_timestamp(col(date.moment()), rules.timeZone().getId())));
      }
    }
    return typed
        .withColumn("_found", firstOf(problems(values)))
        .withColumn(
            Records.PROBLEM_COLUMN,
            when(col(Records.PROBLEM).isNull(), col("_found.column"))
                .otherwise(col(Records.PROBLEM_COLUMN)))
        .withColumn(Records.PROBLEM, coalesce(col(Records.PROBLEM), col("_found.code")));
  }

  private List<Column> problems(Dataset<Row> values) {
    Table table = mapping.table();
    Column live = not(col(Table.IS_DELETED));
    List<Column> problems = new ArrayList<>();
    for (crm.warehouse.Column column : table.columns()) {
      boolean isKey = table.key().contains(column.name());
      Column concerns = isKey ? lit(true) : live;
      if (mapping.columns().containsKey(column.name())) {
        problems.add(
            problem(
                concerns.and(col(given(column)).isNotNull()).and(col(column.name()).isNull()),
                "not_a_" + typeName(column.type()),
                column.name()));
      }
      if (column.required()) {
        problems.add(
            problem(concerns.and(col(column.name()).isNull()), "missing_value", column.name()));
      }
    }
    if (mapping.sequence().isPresent()) {
      problems.add(problem(col(Table.SEQUENCE).isNull(), "missing_sequence", null));
      if (isTime(values.schema().apply("_sequence").dataType())) {
        Column latest = date_add(col(Table.LOGICAL_DATE), rules.maxFutureDays() + 1);
        problems.add(
            problem(
                col(Table.SEQUENCE).geq(unix_micros(latest.cast("timestamp"))),
                "future_sequence",
                null));
      }
    }
    if (mapping.currency().isPresent()) {
      problems.add(
          problem(
              not(col("_currency").cast("string").eqNullSafe(lit(rules.baseCurrency()))),
              "wrong_currency",
              null));
    }
    table
        .eventDate()
        .ifPresent(
            date ->
                problems.add(
                    problem(
                        live.and(
                            col(date.column())
                                .gt(date_add(col(Table.LOGICAL_DATE), rules.maxFutureDays()))),
                        "future_event_date",
                        date.column())));
    for (Check check : table.checks()) {
      problems.add(
          problem(live.and(expr("(" + check.predicate() + ") IS FALSE")), check.name(), null));
    }
    return problems;
  }

  private Column typed(crm.warehouse.Column column, Dataset<Row> values) {
    if (!mapping.columns().containsKey(column.name())) {
      return lit(null).cast(column.type());
    }
    Column value = col(given(column));
    boolean isText = values.schema().apply(given(column)).dataType() instanceof StringType;
    if (column.type() instanceof DecimalType) {
      Column wide = value.try_cast(WIDE);
      Column exact = value.try_cast(column.type());
      return when(exact.cast(WIDE).equalTo(wide), exact);
    }
    if (isText && column.type() instanceof TimestampType) {
      return moment(value);
    }
    if (isText && column.type() instanceof DateType) {
      return when(value.rlike(DAY), value.try_cast(column.type()));
    }
    return value.try_cast(column.type());
  }

  /** A moment written without an offset is in the business's time zone. */
  private Column moment(Column text) {
    Column parsed = text.try_cast(DataTypes.TimestampType);
    return when(
        text.rlike(DAY),
        when(text.rlike(OFFSET), parsed)
            .otherwise(to_utc_timestamp(parsed, rules.timeZone().getId())));
  }

  private Column sequence(DataType given) {
    Column value = col("_sequence");
    return isTime(given)
        ? unix_micros(value.cast("timestamp"))
        : value.try_cast(DataTypes.LongType);
  }

  private static boolean isTime(DataType type) {
    return type instanceof TimestampType || type instanceof DateType;
  }

  private static Column problem(Column condition, String code, String column) {
    return when(condition, struct(lit(code).as("code"), lit(column).cast("string").as("column")));
  }

  private static Column firstOf(List<Column> problems) {
    return try_element_at(
        filter(array(problems.toArray(Column[]::new)), found -> found.isNotNull()), lit(1));
  }

  private Column expression(String name, String sql) {
    try {
      return expr(sql);
    } catch (Exception e) { // Spark's parser throws a checked exception it does not declare.
      throw unusable(name, e);
    }
  }

  private UserError unusable(String what, Exception problem) {
    return UserError.usage(
        "The mapping of %s in source %s cannot be used: %s: %s. Correct it in conf/sources/.",
        mapping.table(), feed.source(), what, UserError.firstLine(problem));
  }

  private static String given(crm.warehouse.Column column) {
    return "_given_" + column.name();
  }

  private static String typeName(DataType type) {
    return type instanceof DecimalType ? "decimal" : type.typeName().toLowerCase(Locale.ROOT);
  }
}
