package crm.engine.load;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import crm.ingest.LoadTable;
import crm.warehouse.UserError;
import crm.warehouse.job.Inputs;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which expression of a mapping Spark stopped at: a setting is wrong, and trying again would not
 * help. Spark names an expression only for some of its errors, and writes the values it stumbled on
 * into its message. So each expression is computed alone over the same records, which costs a pass
 * each and only where a load failed.
 */
final class MappingFault {
  /** What to write instead, by the beginning of Spark's name for the problem. */
  private static final Map<String, String> REMEDIES =
      Map.of(
          "INVALID_ARRAY_INDEX_IN_ELEMENT_AT", "try_element_at(array, index)",
          "INVALID_ARRAY_INDEX", "get(array, index) in place of array[index]",
          "DIVIDE_BY_ZERO", "try_divide(a, b)",
          "REMAINDER_BY_ZERO", "try_mod(a, b)",
          "CAST_", "try_cast(... as type)",
          "NUMERIC_VALUE_OUT_OF_RANGE", "try_cast(... as type)",
          "CANNOT_PARSE_TIMESTAMP", "try_to_timestamp(text, pattern)",
          "ARITHMETIC_OVERFLOW", "try_add, try_subtract or try_multiply",
          "BINARY_ARITHMETIC_OVERFLOW", "try_add, try_subtract or try_multiply",
          "CANNOT_DECODE_URL", "try_url_decode(text)");

  private MappingFault() {}

  /**
   * Does work, and names the expression of a mapping that stopped it.
   *
   * @throws UserError where an expression of the mapping stopped it
   */
  static <T> T explain(LoadTable load, Inputs in, Supplier<T> work) {
    try {
      return work.get();
    } catch (UserError e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      if (UserError.isOfSetting(e)) {
        find(e, load, in)
            .ifPresent(
                fault -> {
                  throw fault;
                });
      }
      throw e;
    }
  }

  private static Optional<UserError> find(Exception problem, LoadTable load, Inputs in) {
    Dataset<Row> all = load.records(in);
    Map<String, String> expressions = load.expressions();
    String where = expressions.get(LoadTable.WHERE);
    if (where == null) {
      return find(problem, load, all);
    }
    if (stopsLike(problem, all, LoadTable.WHERE, where)) {
      return Optional.of(fault(problem, load, LoadTable.WHERE));
    }
    // An expression that fails for records nobody wants is not the one, unless no other fails.
    Dataset<Row> wanted = all.where(coalesce(expr(where).cast("boolean"), lit(false)));
    return find(problem, load, wanted).or(() -> find(problem, load, all));
  }

  private static Optional<UserError> find(Exception problem, LoadTable load, Dataset<Row> records) {
    return load.expressions().entrySet().stream()
        .filter(named -> stopsLike(problem, records, named.getKey(), named.getValue()))
        .findFirst()
        .map(named -> fault(problem, load, named.getKey()));
  }

  /** Returns whether the expression alone has the same problem. */
  private static boolean stopsLike(
      Exception problem, Dataset<Row> records, String name, String sql) {
    try {
      Column value = expr(sql);
      boolean isCondition = name.equals(LoadTable.WHERE) || name.equals("deleted");
      records.agg(max((isCondition ? value.cast("boolean") : value).cast("string"))).head();
      return false;
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      return UserError.condition(e).equals(UserError.condition(problem));
    }
  }

  private static UserError fault(Exception problem, LoadTable load, String name) {
    String condition = UserError.condition(problem);
    String where =
        "The mapping of %s in source %s cannot be used: %s = \"%s\""
            .formatted(load.target(), load.source(), name, load.expressions().get(name));
    if (problem instanceof AnalysisException) { // Told before any record was read.
      return UserError.usage(
          "%s: %s. Correct it in conf/sources/.", where, UserError.firstLine(problem));
    }
    String remedy =
        REMEDIES.entrySet().stream()
            .filter(known -> condition.startsWith(known.getKey()))
            .max(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .orElse("a function whose name begins with try_, or case when ... then ... end");
    return UserError.usage(
        "%s has no value for some record (%s). Let it be NULL there, which is then rejected where a"
            + " value is needed: write %s. Correct it in conf/sources/, then run again.",
        where, condition, remedy);
  }
}
