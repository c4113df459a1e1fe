package crm.engine.store;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD$;
import org.apache.spark.storage.StorageLevel;

/** Rows that are computed once however often they are used, in memory or on disk, until closed. */
public final class KeptRows implements AutoCloseable {
  private final SparkSession spark;
  private final List<Dataset<Row>> kept = new ArrayList<>();

  public KeptRows(org.apache.spark.sql.SparkSession spark) {
    this.spark = (SparkSession) spark;
  }

  /**
   * Returns the same rows, kept from their first use on. Spark analyses a plan again with every
   * step that is put on it; that of these rows is a new one, over the rows as Spark holds them,
   * which still knows how they are partitioned and what to compute where a worker is lost.
   */
  public synchronized Dataset<Row> keep(Dataset<Row> rows) {
    var persisted =
        (org.apache.spark.sql.classic.Dataset<Row>) rows.persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(persisted);
    return Dataset$.MODULE$.ofRows(
        spark,
        LogicalRDD$.MODULE$.fromDataset(persisted.queryExecution().toRdd(), persisted, false));
  }

  /** Lets go of the rows. */
  @Override
  public synchronized void close() {
    kept.forEach(Dataset::unpersist);
    kept.clear();
  }
}
