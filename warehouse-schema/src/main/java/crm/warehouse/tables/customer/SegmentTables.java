package crm.warehouse.tables.customer;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import crm.warehouse.Kind;
import crm.warehouse.Money;
import crm.warehouse.Table;
import java.util.List;

/** Which customers are alike, what each kind is like, and who went from one to another. */
public final class SegmentTables {
  private SegmentTables() {}

  private static final String MODEL_RUN = "Model it was made with; joins to ops.model_runs.";

  public static final Table CUSTOMER_SEGMENTS =
      Table.curated("customer_segments", Kind.SNAPSHOT)
          .grain("customer with at least one order on or before the logical date")
          .required("source", StringType, "Source system of the customer.")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .required(
              "segment_id",
              IntegerType,
              "Segment; the same over refits, never given again. 0 is all customers, uncut.")
          .required("segment_name", StringType, "Name of the segment on the date.")
          .required(
              "distance",
              DoubleType,
              "Distance from the centre of the segment, in standard deviations of the features.")
          .required("model_run_id", StringType, MODEL_RUN)
          .key("source", "customer_id")
          .subject("customer_id")
          .check("distance_not_negative", "distance >= 0")
          .modelOutput()
          .build();

  public static final Table SEGMENT_PROFILES =
      Table.curated("segment_profiles", Kind.SNAPSHOT)
          .grain("segment with customers on the logical date")
          .required("segment_id", IntegerType, "Segment.")
          .required("segment_name", StringType, "Its name; no two of a date are the same.")
          .required(
              "proposed_name",
              StringType,
              "What its profile suggests; becomes the name when suggested twice running.")
          .required("customers", LongType, "Customers in it.")
          .required("share", DoubleType, "Their share of all customers in segments, 0 to 1.")
          .required("total_monetary", Money.TOTAL, "Their order value so far, net of returns.")
          .required(
              "typical_recency_days",
              DoubleType,
              "Days since the last order at the centre; like all typical values the mean of"
                  + " logarithms, taken back, which few extremes do not move.")
          .required("typical_frequency_orders", DoubleType, "Orders at the centre.")
          .required("typical_monetary", DoubleType, "Net order value so far at the centre.")
          .required("typical_tenure_days", DoubleType, "Days since the first order at the centre.")
          .required("typical_returned_share", DoubleType, "Returned part of the order value.")
          .required(
              "typical_interactions_90d", DoubleType, "Interactions in the 90 days to the date.")
          .required("model_run_id", StringType, MODEL_RUN)
          .key("segment_id")
          .check("share_in_range", "share > 0 AND share <= 1")
          .modelOutput()
          .build();

  public static final Table SEGMENT_MOVEMENTS =
      Table.curated("segment_movements", Kind.SNAPSHOT)
          .grain("segment customers were in on the previous date and segment they are in now")
          .required("movement", StringType, "The two ids, as in 2 > 5; none where there is no id.")
          .column("previous_date", DateType, "The date before; NULL on the first.")
          .column("from_segment_id", IntegerType, "Segment then; NULL: had none.")
          .column("from_segment_name", StringType, "Its name then.")
          .column("to_segment_id", IntegerType, "Segment now; NULL: has none.")
          .column("to_segment_name", StringType, "Its name now.")
          .required("customers", LongType, "Customers who went that way.")
          .column("share_of_from", DoubleType, "Their share of those in the segment then, 0 to 1.")
          .required(
              "change",
              StringType,
              "stayed, moved, joined (had no segment) or left (has none any more).")
          .column("from_segment_change", StringType, "retired if that segment is no more.")
          .column(
              "to_segment_change",
              StringType,
              "If that segment is new: split where most of its customers come from one that is"
                  + " still there, else new.")
          .required("model_run_id", StringType, MODEL_RUN)
          .key("movement")
          .check("known_change", "change IN ('stayed', 'moved', 'joined', 'left')")
          .modelOutput()
          .build();

  public static final List<Table> ALL =
      List.of(CUSTOMER_SEGMENTS, SEGMENT_PROFILES, SEGMENT_MOVEMENTS);
}
