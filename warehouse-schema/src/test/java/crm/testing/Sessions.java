package crm.testing;

import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the tests; a JVM with Spark takes long to warm up. */
public final class Sessions {
  private Sessions() {}

  /** The session for small data: the program's where the module has it, else one without Delta. */
  public static SparkSession small() {
    System.setProperty("crm.small-data", "true");
    return ServiceLoader.load(SessionSource.class)
        .findFirst()
        .map(SessionSource::session)
        .orElseGet(Sessions::withoutDelta);
  }

  /** Set as the program sets it for small data on one machine. */
  private static SparkSession withoutDelta() {
    return SparkSession.builder()
        .appName("test")
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.default.parallelism", "2")
        .config("spark.sql.codegen.wholeStage", "false")
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.artifact.isolation.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate();
  }
}
