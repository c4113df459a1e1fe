package crm.engine.store;

import crm.warehouse.Columns;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.classic.Dataset$;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import scala.Option;

/**
 * Rows that a shuffle has partitioned, computed once however often they are used: Spark holds the
 * files of a shuffle as long as somebody holds its rows, and computes again what a lost worker had.
 * They take no memory, and need no second shuffle where the partitions suit.
 */
public final class ShuffledRows {
  private ShuffledRows() {}

  /** Shuffles rows by columns, now or when they are first used. */
  public static Dataset<Row> by(Dataset<Row> rows, String... columns) {
    var shuffled =
        (org.apache.spark.sql.classic.Dataset<Row>) rows.repartition(Columns.named(columns));
    QueryExecution execution = shuffled.queryExecution();
    RDD<InternalRow> computed = execution.toRdd();
    SparkPlan plan = execution.executedPlan();
    if (plan instanceof AdaptiveSparkPlanExec adaptive) { // Knows its partitions only now.
      plan = adaptive.executedPlan();
    }
    SparkSession spark = shuffled.sparkSession();
    return Dataset$.MODULE$.ofRows(
        spark,
        new LogicalRDD(
            execution.analyzed().output(),
            computed,
            plan.outputPartitioning(),
            plan.outputOrdering(),
            false,
            Option.empty(),
            spark,
            Option.empty(),
            Option.empty()));
  }
}
