package crm.testing;

import crm.engine.run.Spark;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the tests; a JVM with Spark takes long to warm up. */
public final class Sessions {
  private Sessions() {}

  public static SparkSession small() {
    System.setProperty("crm.small-data", "true");
    return Spark.session();
  }
}
