package crm.ingest;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

import crm.ingest.source.Feed;
import crm.ingest.source.Rules;
import crm.ingest.source.TableMapping;
import crm.ingest.source.ValueFormat;
import crm.warehouse.Field;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

/**
 * Evaluates what a mapping says of each record: whether it is wanted, its own date, its typed
 * columns, and the first problem it has, as a code and a column.
 */
final class Conform {
  static final String FILTERED = "_filtered";

  /** The logical date that a record itself names, beside its fields. */
  private static final String OWN_DATE = Records.ofRecord("own_date");

  private static final String WHERE = Records.ofRecord("where");
  private static final String OF_KIND = Records.ofRecord("of_kind");
  private static final String DAY_GIVEN = Records.ofRecord("logical-date");
  private static final Column PROBLEM = col(Records.ofRecord(Records.REASON));

  /** The values of the mapping's sequence and currency, as given. */
  private static final String SEQUENCE = "_sequence";

  static final String CURRENCY = "_currency";

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
   * Dates each record by an expression. One for which it gives no day keeps the day of its file,
   * and is rejected.
   */
  Dataset<Row> redated(Dataset<Row> records, String sql) {
    Column own = col(OWN_DATE);
    String date = Records.ofRecord(Table.LOGICAL_DATE);
    return withOwnDate(records, sql)
        .withColumn(
            Records.ofRecord(Records.REASON),
            coalesce(PROBLEM, when(own.isNull(), lit("missing_logical_date"))))
        .withColumn(date, coalesce(own, col(date)))
        .drop(OWN_DATE);
  }

  private Dataset<Row> withOwnDate(Dataset<Row> records, String sql) {
    return zoned(
        () -> {
          Dataset<Row> dated =
              select(records, List.of(col("*"), wanted("logical-date", sql).as(DAY_GIVEN)));
          DataType type = dated.schema().apply(DAY_GIVEN).dataType();
          return dated
              .withColumn(OWN_DATE, TypedValues.dayOf(col(DAY_GIVEN), type, feed.format().values()))
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
    mapping.sequence().ifPresent(sql -> given.add(wanted("sequence", sql).as(SEQUENCE)));
    mapping.currency().ifPresent(sql -> given.add(wanted("currency", sql).as(CURRENCY)));
    for (Field column : mapping.table().columns()) {
      String sql = mapping.columns().get(column.name());
      if (sql != null) {
        given.add(wanted(column.name(), sql).as(given(column)));
      }
    }
    Dataset<Row> values = select(records, given);
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(Table.IS_DELETED, isTrue(col("_deleted")));
    Optional<TypedValues.Sequence> sequence = sequence(values);
    columns.put(
        Table.SEQUENCE, sequence.map(TypedValues.Sequence::value).orElse(lit(null).cast("bigint")));
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
        .withColumn("_found", new RecordProblems(mapping, rules).first(sequence))
        .withColumn(
            Records.REASON_COLUMN,
            when(col(Records.REASON).isNull(), col("_found.column"))
                .otherwise(col(Records.REASON_COLUMN)))
        .withColumn(Records.REASON, coalesce(col(Records.REASON), col("_found.code")));
  }

  private Column typed(Field column, Dataset<Row> values) {
    if (!mapping.columns().containsKey(column.name())) {
      return lit(null).cast(column.type());
    }
    String given = given(column);
    ValueFormat format = mapping.formats().getOrDefault(column.name(), feed.format().values());
    return TypedValues.of(
        col(given), values.schema().apply(given).dataType(), column.type(), format);
  }

  private Optional<TypedValues.Sequence> sequence(Dataset<Row> values) {
    return mapping
        .sequence()
        .map(
            sql ->
                new TypedValues.Sequence(
                    col(SEQUENCE),
                    values.schema().apply(SEQUENCE).dataType(),
                    feed.format().values()));
  }

  private static Column isTrue(Column condition) {
    return coalesce(condition.cast("boolean"), lit(false));
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

  static String given(Field column) {
    return "_given_" + column.name();
  }
}
