package crm.run;

import crm.warehouse.UserError;
import org.apache.spark.sql.SparkSession;

/** The Spark session: what our results rely on, and what makes a laptop fast. */
public final class Spark {
  private Spark() {}

  /** The session of this process; local where no master was given. */
  public static SparkSession session() {
    SparkSession.Builder builder =
        SparkSession.builder()
            .appName("crm")
            .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
            .config(
                "spark.sql.catalog.spark_catalog",
                "org.apache.spark.sql.delta.catalog.DeltaCatalog")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
            .config("spark.sql.parquet.compression.codec", "zstd");
    if (System.getProperty("spark.master") == null) {
      String few = String.valueOf(Math.max(2, Runtime.getRuntime().availableProcessors()));
      builder
          .master("local[*]")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.shuffle.partitions", few)
          .config("spark.default.parallelism", few)
          .config("spark.databricks.delta.snapshotPartitions", "2")
          .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1");
    }
    SparkSession spark = builder.getOrCreate();
    if (!spark.conf().get("spark.sql.ansi.enabled").equals("true")) {
      throw UserError.usage(
          "spark.sql.ansi.enabled is off, so an overflow would pass for a number. Remove it from"
              + " the Spark configuration.");
    }
    return spark;
  }
}
