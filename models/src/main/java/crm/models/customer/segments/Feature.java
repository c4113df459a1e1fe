package crm.models.customer.segments;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.expm1;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.signum;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/**
 * What customers are compared by. Values are taken as signed logarithms, sign(x) log(1 + |x|),
 * because they are skewed and net values may be negative; in whole units of 2^-16, because sums of
 * those are the same in any order.
 */
public enum Feature {
  RECENCY("recency_days", "more recent", "longer ago"),
  FREQUENCY("frequency_orders", "fewer orders", "more orders"),
  MONETARY("monetary", "lower value", "higher value"),
  TENURE("tenure_days", "newer", "longer with us"),
  RETURNED_SHARE("returned_share", "fewer returns", "more returns"),
  INTERACTIONS("interactions_90d", "less in touch", "more in touch");

  private static final double UNITS = 1 << 16;

  private final String column;
  private final String less;
  private final String more;

  Feature(String column, String less, String more) {
    this.column = column;
    this.less = less;
    this.more = more;
  }

  static String labels(List<Feature> features) {
    return features.stream().map(Feature::label).collect(Collectors.joining(", "));
  }

  /** The name in settings. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The column of its value in the units people use. */
  String column() {
    return column;
  }

  /** The column of its logarithm in whole units. */
  String logColumn() {
    return "log_" + column;
  }

  /** Describes customers who have more or less of it than others. */
  String compared(double difference) {
    return difference > 0 ? more : less;
  }

  /** The logarithm of the column of the value. */
  Column log() {
    return expr(logSql());
  }

  /** The same as SQL, in which a saved model says it. */
  String logSql() {
    return "CAST(ROUND(SIGNUM(x) * LOG1P(ABS(x)) * %sD) AS BIGINT)"
        .formatted(UNITS)
        .replace("x", "CAST(%s AS DOUBLE)".formatted(column));
  }

  /** The value in the units people use whose logarithm this is. */
  static Column value(Column log) {
    return signum(log).multiply(expm1(abs(log).divide(lit(UNITS))));
  }
}
