package crm.models.customer.segments;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;

/**
 * How a feature's logarithm becomes a number of standard deviations from the mean. All but the
 * latter in the whole units of {@link Feature#log}.
 *
 * @param low what lower values count as
 * @param high what higher values count as
 * @param mean of the values so cut
 * @param deviation their standard deviation, with n - 1; 0 if all are equal
 */
record FeatureScale(Feature feature, long low, long high, double mean, double deviation) {

  boolean isConstant() {
    return deviation == 0;
  }

  /** The logarithm between the cuts. */
  Column cut() {
    return least(greatest(col(feature.logColumn()), lit(low)), lit(high));
  }

  /** The same of the feature's value, as SQL. */
  String cutSql() {
    return "LEAST(GREATEST(%s, %dL), %dL)".formatted(feature.logSql(), low, high);
  }

  /** Returns how many standard deviations it is from the mean. */
  Column standardized() {
    return cut().cast("double").minus(lit(mean)).divide(lit(deviation));
  }

  double standardized(double log) {
    return (Math.min(Math.max(log, (double) low), (double) high) - mean) / deviation;
  }

  /** The logarithm that is so many standard deviations from the mean. */
  double log(double standardized) {
    return mean + standardized * deviation;
  }
}
