package crm.models.customer.segments;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.job.Inputs.Previous;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * How many customers went from which segment to which since the last run.
 *
 * @param previous the last run, if there was one
 * @param earlier ids of the segments there were then
 * @param now ids of the segments there are
 */
record SegmentMovements(Optional<Previous> previous, Set<Integer> earlier, Set<Integer> now) {
  private static final double MAJORITY = 0.5;

  /**
   * Counts movements between the segments of the last run and these. A row is a movement, as {@code
   * curated.segment_movements} declares it.
   *
   * @param assigned customers with their segment_id and segment_name
   */
  Dataset<Row> rows(Dataset<Row> assigned, String modelRunId) {
    Dataset<Row> after = assigned.select(sides("to"));
    Dataset<Row> before =
        previous
            .map(last -> last.rows().select(sides("from")))
            .orElseGet(() -> assigned.where(lit(false)).select(sides("from")));
    Dataset<Row> counted =
        before
            .join(after, CustomerFeatures.CUSTOMER, "full")
            .groupBy("from_segment_id", "from_segment_name", "to_segment_id", "to_segment_name")
            .agg(count(lit(1)).as("customers"));
    Column known = when(col("from_segment_id").isNotNull(), col("customers"));
    Column ofSurviving =
        when(col("from_segment_id").isin(survivors()), col("customers")).otherwise(lit(0L));
    var byTo = Window.partitionBy("to_segment_id");
    Column isSplit =
        coalesce(
            max(ofSurviving).over(byTo).gt(sum(known).over(byTo).multiply(lit(MAJORITY))),
            lit(false));
    return counted.select(
        concat_ws(" > ", idOrNone("from"), idOrNone("to")).as("movement"),
        lit(previous.map(last -> java.sql.Date.valueOf(last.date())).orElse(null))
            .cast("date")
            .as("previous_date"),
        col("from_segment_id"),
        col("from_segment_name"),
        col("to_segment_id"),
        col("to_segment_name"),
        col("customers"),
        when(
                col("from_segment_id").isNotNull(),
                col("customers")
                    .cast("double")
                    .divide(sum("customers").over(Window.partitionBy("from_segment_id"))))
            .as("share_of_from"),
        when(col("from_segment_id").isNull(), "joined")
            .when(col("to_segment_id").isNull(), "left")
            .when(col("from_segment_id").equalTo(col("to_segment_id")), "stayed")
            .otherwise("moved")
            .as("change"),
        when(
                col("from_segment_id")
                    .isNotNull()
                    .and(not(col("from_segment_id").isin(now.toArray()))),
                "retired")
            .as("from_segment_change"),
        when(
                col("to_segment_id")
                    .isNotNull()
                    .and(not(col("to_segment_id").isin(earlier.toArray()))),
                when(isSplit, "split").otherwise("new"))
            .as("to_segment_change"),
        lit(modelRunId).as("model_run_id"));
  }

  private static Column idOrNone(String side) {
    return coalesce(col(side + "_segment_id").cast("string"), lit("none"));
  }

  private Object[] survivors() {
    return earlier.stream().filter(now::contains).toArray();
  }

  private static Column[] sides(String side) {
    return new Column[] {
      col("source"),
      col("customer_id"),
      col("segment_id").as(side + "_segment_id"),
      col("segment_name").as(side + "_segment_name")
    };
  }
}
