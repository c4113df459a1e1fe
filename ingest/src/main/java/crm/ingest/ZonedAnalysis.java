package crm.ingest;

import java.time.ZoneId;
import java.util.function.Supplier;
import org.apache.spark.sql.internal.SQLConf;
import scala.runtime.AbstractFunction0;

/**
 * Builds datasets whose expressions are evaluated in a time zone of their own. Spark writes the
 * zone into each expression that needs one when it analyses it, so the session's stays as it is for
 * everything else: for what was built before, for what is built of the result, for other threads.
 */
final class ZonedAnalysis {
  private ZonedAnalysis() {}

  /**
   * Builds something with the zone as Spark's session time zone.
   *
   * @param built by Dataset's methods, which analyse at once
   */
  static <T> T in(ZoneId zone, Supplier<T> built) {
    SQLConf conf = SQLConf.get().clone();
    conf.setConfString("spark.sql.session.timeZone", zone.getId());
    return SQLConf.withExistingConf(
        conf,
        new AbstractFunction0<T>() {
          @Override
          public T apply() {
            return built.get();
          }
        });
  }
}
