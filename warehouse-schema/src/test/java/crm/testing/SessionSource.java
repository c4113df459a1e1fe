package crm.testing;

import org.apache.spark.sql.SparkSession;

/** Makes the session of a module's tests; named in {@code META-INF/services}. */
public interface SessionSource {
  SparkSession session();
}
