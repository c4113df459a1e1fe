package crm.engine.run;

import crm.engine.files.S3ConditionalLogStore;
import crm.warehouse.UserError;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The Spark session: what our results rely on, and what makes a laptop fast. */
public final class Spark {
  /** Delta and our numbers rely on these. */
  private static final Map<String, String> RELIED_ON =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
          "spark.sql.session.timeZone", "UTC",
          "spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS",
          "spark.sql.parquet.compression.codec", "zstd");

  /** Small data on few cores: no empty tasks, no pictures of plans nobody looks at. */
  private static final Map<String, String> LOCAL =
      Map.ofEntries(
          Map.entry("spark.ui.enabled", "false"),
          // Customers by the million in the hash map that generated code keeps, a third cheaper.
          Map.entry("spark.sql.codegen.aggregate.fastHashMap.capacityBit", "20"),
          Map.entry("spark.sql.shuffle.partitions", few()),
          Map.entry("spark.default.parallelism", few()),
          Map.entry("spark.databricks.delta.snapshotPartitions", "1"),
          Map.entry("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2"),
          Map.entry("spark.sql.ui.explainMode", "simple"),
          Map.entry("spark.sql.maxPlanStringLength", "1000"),
          // One session: nobody else's classes to look for, over the network, at every compilation.
          Map.entry("spark.sql.artifact.isolation.enabled", "false"),
          // Ours lie below the workspace; Spark would make an empty folder where it was started.
          Map.entry(
              "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/spark-warehouse"),
          Map.entry("spark.driver.host", "127.0.0.1"),
          Map.entry("spark.driver.bindAddress", "127.0.0.1"));

  /** Two programs that write to a table on S3 at once; another may be chosen, as for DynamoDB. */
  private static final String S3_COMMITS = "spark.delta.logStore.s3a.impl";

  /** For rows in thousands: what compiling and replanning queries costs is more than it saves. */
  private static final Map<String, String> SMALL_DATA =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false");

  private Spark() {}

  /**
   * The session of this process; local where no master was given, and there prepared for small data
   * where the launcher set {@code crm.small-data}.
   */
  public static SparkSession session() {
    refuseClosedModules();
    // spark-submit puts what it was told into system properties.
    String master = System.getProperty("spark.master", "local[*]");
    SparkSession.Builder builder = SparkSession.builder().appName("crm").master(master);
    RELIED_ON.forEach(builder::config);
    builder.config(
        S3_COMMITS, System.getProperty(S3_COMMITS, S3ConditionalLogStore.class.getName()));
    if (master.startsWith("local")) {
      Map<String, String> defaults = new HashMap<>(LOCAL);
      if (Boolean.getBoolean("crm.small-data")) {
        defaults.putAll(SMALL_DATA);
      }
      defaults.forEach((key, value) -> builder.config(key, System.getProperty(key, value)));
    }
    SparkSession spark = builder.getOrCreate();
    if (!spark.conf().get("spark.sql.ansi.enabled").equals("true")) {
      throw UserError.usage(
          "spark.sql.ansi.enabled is off, so an overflow would pass for a number. Remove it from"
              + " the Spark configuration.");
    }
    return spark;
  }

  /** Without them only the first date that is read would tell, and nobody would understand it. */
  private static void refuseClosedModules() {
    if (!Object.class.getModule().isOpen("sun.util.calendar", Spark.class.getModule())) {
      throw UserError.usage(
          "This JVM was started without the --add-opens that Spark needs, as the cluster mode of"
              + " Spark standalone does. Submit with: --properties-file conf/examples/standalone.conf");
    }
  }

  private static String few() {
    return String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
  }
}
