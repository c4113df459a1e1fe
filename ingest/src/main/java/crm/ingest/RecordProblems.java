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
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import crm.ingest.source.Rules;
import crm.ingest.source.TableMapping;
import crm.warehouse.Check;
import crm.warehouse.Field;
import crm.warehouse.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StringType;

/** Finds what is wrong with a record, by its values as given and as typed. */
record RecordProblems(TableMapping mapping, Rules rules) {

  /**
   * The first problem of a record, a struct of {@code code} and {@code column}; NULL if it has
   * none. A chain of coalesce stops there.
   */
  Column first(Optional<TypedValues.Sequence> sequence) {
    return coalesce(all(sequence).toArray(Column[]::new));
  }

  private List<Column> all(Optional<TypedValues.Sequence> sequence) {
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
                concerns
                    .and(col(Conform.given(column)).isNotNull())
                    .and(col(column.name()).isNull()),
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
    if (sequence.isPresent()) {
      problems.add(problem(col(Table.SEQUENCE).isNull(), "missing_sequence", null));
      Column day = to_date(sequence.get().moment());
      problems.add(problem(day.gt(latest), "future_sequence", null));
      problems.add(problem(day.lt(lit(rules.earliestDate())), "early_sequence", null));
    }
    if (mapping.currency().isPresent()) {
      Column currency = col(Conform.CURRENCY).cast("string");
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

  private static Column problem(Column condition, String code, String column) {
    return when(condition, struct(lit(code).as("code"), lit(column).cast("string").as("column")));
  }

  private static String typeName(DataType type) {
    return type instanceof DecimalType ? "decimal" : type.typeName().toLowerCase(Locale.ROOT);
  }
}
