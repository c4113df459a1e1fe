package crm.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.contains;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.translate;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_to_date;
import static org.apache.spark.sql.functions.try_to_timestamp;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import crm.ingest.source.Feed;
import crm.ingest.source.Rules;
import crm.ingest.source.TableMapping;
import crm.ingest.source.ValueFormat;
import crm.warehouse.Check;
import crm.warehouse.Field;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * Makes typed columns of text fields and finds what is wrong with each record: the first problem is
 * kept, as a code and a column.
 */
final class Conform {
  static final String FILTERED = "_filtered";

  /** The logical date that a record itself names, beside its fields. */
  static final String OWN_DATE = Records.ofRecord("own_date");

  private static final String WHERE = Records.ofRecord("where");
  private static final String OF_KIND = Records.ofRecord("of_kind");
  private static final String DAY_GIVEN = Records.ofRecord("logical-date");
  private static final Column PROBLEM = col(Records.ofRecord(Records.REASON));

  /** Spark's cast takes less than a day as well, as a year alone. */
  private static final String DAY = "^\\s*\\d{4}-\\d{1,2}-\\d{1,2}";

  /**
   * Abbreviations that Java gives to other zones than those who write them: British summer time to
   * Bangladesh, Atlantic time to Alaska.
   */
  private static final String MISLEADING = "\\b(ACT|ART|AST|BST|ECT|NST|SST)\\s*$";

  private static final String COMMA_NUMBER =
      "^\\s*[+-]?(\\d+|\\d{1,3}(([.\u00A0\u202F ])\\d{3})(\\3\\d{3})*)(,\\d+)?\\s*$";

  private static final DataType WIDE = DataTypes.createDecimalType(38, 18);

  private final Feed feed;
  private final TableMapping mapping;
  private final Rules rules;

  Conform(Feed feed, TableMapping mapping, Rules rules) {
    this.feed = feed;
    this.mapping = mapping;
    this.rules = rules;
  }

  /** Adds {@link #FILTERED}, which all other expressions wait for. */
  Dataset<Row> decideWhere(Dataset<Row> records) {
    return zoned(
        () ->
            select(
                    records,
                    List.of(
                        col("*"),
                        expression("where", mapping.where().orElse("true")).as(WHERE),
                        isOfKind().as(OF_KIND)))
                .withColumn(
                    Records.ofRecord(FILTERED),
                    when(PROBLEM.isNull(), not(isTrue(col(WHERE))))
                        .otherwise(PROBLEM.equalTo(RecordParser.FOOTER).or(not(col(OF_KIND))))));
  }

  /**
   * False where a record with another number of fields is surely of another kind, as the lines
   * between headers: its first field is the only one whose place is certain, and a condition of
   * where that names nothing else is false.
   */
  private Column isOfKind() {
    Column isOfKind = lit(true);
    List<String> header = feed.format().header();
    if (!header.isEmpty() && mapping.where().isPresent()) {
      for (Expression condition : conditions(parsed("where", mapping.where().get()))) {
        if (MappingExpressions.namedBy(condition)
            .equals(Set.of(header.get(0).toLowerCase(Locale.ROOT)))) {
          isOfKind = isOfKind.and(ExpressionUtils.column(condition));
        }
      }
    }
    return when(
            PROBLEM.isin(RecordParser.TOO_FEW_FIELDS, RecordParser.TOO_MANY_FIELDS),
            coalesce(isOfKind, lit(true)))
        .otherwise(true);
  }

  private static List<Expression> conditions(Expression where) {
    return where instanceof And and
        ? Stream.concat(conditions(and.left()).stream(), conditions(and.right()).stream()).toList()
        : List.of(where);
  }

  /**
   * Adds {@link #OWN_DATE}, the day an expression gives for each record, null where it gives none.
   */
  Dataset<Row> withOwnDate(Dataset<Row> records, String sql) {
    return zoned(
        () -> {
          Dataset<Row> dated =
              select(records, List.of(col("*"), wanted("logical-date", sql).as(DAY_GIVEN)));
          DataType type = dated.schema().apply(DAY_GIVEN).dataType();
          ValueFormat format = feed.format().values();
          return dated
              .withColumn(
                  OWN_DATE,
                  isText(type) && !format.dateFormat().isEmpty()
                      ? try_to_date(col(DAY_GIVEN), format.dateFormat())
                      : isText(type) && !format.timestampFormat().isEmpty()
                          ? moment(col(DAY_GIVEN), format).cast("date")
                          : col(DAY_GIVEN).try_cast("date"))
              .drop(DAY_GIVEN);
        });
  }

  /**
   * Adds the table's columns, {@link Table#SEQUENCE} and {@link Table#IS_DELETED}, and fills {@link
   * Records#REASON} where it is empty.
   *
   * @param records with {@link #FILTERED}; of those it is true of, no expression is evaluated
   */
  Dataset<Row> apply(Dataset<Row> records) {
    return zoned(() -> conformed(records));
  }

  private Dataset<Row> conformed(Dataset<Row> records) {
    List<Column> given = new ArrayList<>(Records.withoutFields());
    given.add(col(Records.ofRecord(FILTERED)).as(FILTERED));
    given.add(wanted("deleted", mapping.deleted().orElse("false")).as("_deleted"));
    mapping.sequence().ifPresent(sql -> given.add(wanted("sequence", sql).as("_sequence")));
    mapping.currency().ifPresent(sql -> given.add(wanted("currency", sql).as("_currency")));
    for (Field column : mapping.table().columns()) {
      String sql = mapping.columns().get(column.name());
      if (sql != null) {
        given.add(wanted(column.name(), sql).as(given(column)));
      }
    }
    Dataset<Row> values = select(records, given);
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(Table.IS_DELETED, isTrue(col("_deleted")));
    columns.put(
        Table.SEQUENCE,
        mapping.sequence().isPresent()
            ? sequence(values.schema().apply("_sequence").dataType())
            : lit(null).cast("bigint"));
    for (Field column : mapping.table().columns()) {
      columns.put(column.name(), typed(column, values));
    }
    // In one step: Spark analyses the whole plan again with every one.
    Dataset<Row> typed = values.withColumns(columns);
    for (Table.EventDate date : mapping.table().eventDate().stream().toList()) {
      if (!mapping.columns().containsKey(date.column())) {
        typed = typed.withColumn(date.column(), to_date(col(date.moment())));
      }
    }
    return typed
        .withColumn("_found", coalesce(problems(values).toArray(Column[]::new)))
        .withColumn(
            Records.REASON_COLUMN,
            when(col(Records.REASON).isNull(), col("_found.column"))
                .otherwise(col(Records.REASON_COLUMN)))
        .withColumn(Records.REASON, coalesce(col(Records.REASON), col("_found.code")));
  }

  private List<Column> problems(Dataset<Row> values) {
    Table table = mapping.table();
    Column live = not(col(Table.IS_DELETED));
    Column latest = date_add(col(Table.LOGICAL_DATE), rules.maxFutureDays());
    List<Column> problems = new ArrayList<>();
    for (Field column : table.columns()) {
      boolean isKey = table.key().contains(column.name());
      Column concerns = isKey ? lit(true) : live;
      if (mapping.columns().containsKey(column.name())) {
        problems.add(
            problem(
                concerns.and(col(given(column)).isNotNull()).and(col(column.name()).isNull()),
                "not_a_" + typeName(column.type()),
                column.name()));
      }
      if (column.type() instanceof StringType) {
        problems.add(
            problem(
                concerns.and(contains(col(column.name()), lit("\0"))),
                "nul_in_text",
                column.name()));
      }
      if (column.required()) {
        problems.add(
            problem(concerns.and(col(column.name()).isNull()), "missing_value", column.name()));
      }
    }
    if (mapping.sequence().isPresent()) {
      problems.add(problem(col(Table.SEQUENCE).isNull(), "missing_sequence", null));
      Column day = to_date(sequenceMoment(values.schema().apply("_sequence").dataType()));
      problems.add(problem(day.gt(latest), "future_sequence", null));
      problems.add(problem(day.lt(lit(rules.earliestDate())), "early_sequence", null));
    }
    if (mapping.currency().isPresent()) {
      Column currency = col("_currency").cast("string");
      Column base = lit(rules.baseCurrency());
      Column isBase = currency.eqNullSafe(base).or(upper(trim(currency)).eqNullSafe(base));
      problems.add(problem(not(isBase), "wrong_currency", null));
    }
    for (Table.EventDate date : table.eventDate().stream().toList()) {
      // The day may be a field of its own, and the moment another.
      Column day = col(date.column());
      Column ofMoment = to_date(col(date.moment()));
      Column isLate = greatest(day, ofMoment).gt(latest);
      Column isEarly = least(day, ofMoment).lt(lit(rules.earliestDate()));
      problems.add(problem(live.and(isLate), "future_event_date", date.column()));
      problems.add(problem(live.and(isEarly), "early_event_date", date.column()));
    }
    for (Check check : table.checks()) {
      problems.add(
          problem(live.and(expr("(" + check.predicate() + ") IS FALSE")), check.name(), null));
    }
    return problems;
  }

  private Column typed(Field column, Dataset<Row> values) {
    if (!mapping.columns().containsKey(column.name())) {
      return lit(null).cast(column.type());
    }
    Column value = col(given(column));
    boolean isText = isText(values.schema().apply(given(column)).dataType());
    ValueFormat format = mapping.formats().getOrDefault(column.name(), feed.format().values());
    if (column.type() instanceof NumericType) {
      return number(isText && format.decimalComma() ? withPoint(value) : value, column.type());
    }
    if (isText && column.type() instanceof TimestampType) {
      return moment(value, format);
    }
    if (isText && column.type() instanceof DateType) {
      return format.dateFormat().isEmpty()
          ? when(value.rlike(DAY), value.try_cast(column.type()))
          : try_to_date(value, format.dateFormat());
    }
    return value.try_cast(column.type());
  }

  /** Nothing is rounded: a number that the type cannot hold is none. */
  private static Column number(Column value, DataType type) {
    Column wide = value.try_cast(WIDE);
    Column exact = wide.try_cast(type);
    return when(exact.cast(WIDE).equalTo(wide), exact);
  }

  private static Column withPoint(Column text) {
    return when(text.rlike(COMMA_NUMBER), translate(text, ",.\u00A0\u202F ", "."));
  }

  /** Text that names its zone or offset is in that one; other text is in the session's. */
  private static Column moment(Column text, ValueFormat format) {
    return format.timestampFormat().isEmpty()
        ? when(
            text.rlike(DAY).and(not(text.rlike(MISLEADING))),
            text.try_cast(DataTypes.TimestampType))
        : try_to_timestamp(text, lit(format.timestampFormat()));
  }

  /** A number as it is; a moment as microseconds since 1970. */
  private Column sequence(DataType given) {
    Column at = unix_micros(sequenceMoment(given));
    return isTime(given) ? at : coalesce(sequenceNumber(), at);
  }

  /** The moment that a sequence is; null where it is a number. */
  private Column sequenceMoment(DataType given) {
    if (isTime(given)) {
      return col("_sequence").cast("timestamp");
    }
    return isText(given)
        ? when(sequenceNumber().isNull(), moment(col("_sequence"), feed.format().values()))
        : lit(null).cast("timestamp");
  }

  private static Column sequenceNumber() {
    return col("_sequence").try_cast(DataTypes.LongType);
  }

  private static boolean isTime(DataType type) {
    return type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type instanceof DateType;
  }

  private static boolean isText(DataType type) {
    return type instanceof StringType;
  }

  private static Column isTrue(Column condition) {
    return coalesce(condition.cast("boolean"), lit(false));
  }

  private static Column problem(Column condition, String code, String column) {
    return when(condition, struct(lit(code).as("code"), lit(column).cast("string").as("column")));
  }

  private Dataset<Row> select(Dataset<Row> records, List<Column> columns) {
    Dataset<Row> values = records.select(columns.toArray(Column[]::new));
    Refused.firstOf(values.queryExecution().analyzed())
        .ifPresent(
            problem -> {
              throw UserError.usage(
                  "The mapping of %s in source %s cannot be used: %s. Correct it in conf/sources/.",
                  mapping.table(), feed.source(), problem);
            });
    return values;
  }

  /** An expression that only records see that where keeps. */
  private Column wanted(String name, String sql) {
    return when(not(col(Records.ofRecord(FILTERED))), expression(name, sql));
  }

  private Column expression(String name, String sql) {
    return ExpressionUtils.column(parsed(name, sql));
  }

  private Expression parsed(String name, String sql) {
    try {
      return CatalystSqlParser$.MODULE$.parseExpression(sql);
    } catch (Exception e) { // Spark's parser throws a checked exception it does not declare.
      throw unusable(name, e);
    }
  }

  private Dataset<Row> zoned(Supplier<Dataset<Row>> analysed) {
    return ZonedAnalysis.in(rules.timeZone(), analysed);
  }

  private UserError unusable(String what, Exception problem) {
    return UserError.usage(
        "The mapping of %s in source %s cannot be used: %s: %s. Correct it in conf/sources/.",
        mapping.table(), feed.source(), what, UserError.firstLine(problem));
  }

  private static String given(Field column) {
    return "_given_" + column.name();
  }

  private static String typeName(DataType type) {
    return type instanceof DecimalType ? "decimal" : type.typeName().toLowerCase(Locale.ROOT);
  }
}
