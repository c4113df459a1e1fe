package crm.report.figures;

import static crm.warehouse.tables.customer.ChurnTables.CUSTOMER_CHURN;
import static crm.warehouse.tables.customer.CustomerTables.COHORT_RETENTION;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_LIFETIME_VALUE;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_MOVEMENTS;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_PROFILES;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.mode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reads who the customers are, whether they stay, and what is expected of them. */
public record CustomerFigures(PublishedDay day) {
  private static final int PARTS = 5;

  /** The customers of one recency and one frequency score; {@code segment} may be empty. */
  public record RfmCell(
      int recency, int frequency, String segment, long customers, BigDecimal monetary) {}

  /** Reads the cells that hold a customer, the highest scores first. */
  public List<RfmCell> rfmCells() {
    return Records.read(
        RfmCell.class,
        day.visible(CUSTOMER_RFM)
            .groupBy(
                col("recency_score"),
                col("frequency_score"),
                coalesce(col("rfm_segment"), lit("")).as("segment"))
            .agg(count(lit(1)), sum("monetary"))
            .orderBy(col("recency_score").desc(), col("frequency_score").desc()));
  }

  /**
   * The customers of an RFM segment.
   *
   * @param net paid so far, net of returns
   * @param reachable who agreed to marketing by e-mail
   */
  public record RfmSegment(
      String name, long customers, BigDecimal net, BigDecimal lifetimeValue, long reachable) {}

  /** Reads all RFM segments, the one that paid most first. */
  public List<RfmSegment> rfmSegments() {
    return Records.read(
        RfmSegment.class,
        day.visible(CUSTOMER_360)
            .groupBy("rfm_segment")
            .agg(
                count(lit(1)),
                sum("net_value").as("net"),
                coalesce(sum("clv_npv"), lit(BigDecimal.ZERO)),
                count(when(col("email_marketing"), lit(1))))
            .orderBy(col("net").desc(), col("rfm_segment")));
  }

  /** A segment that k-means found; what is typical is so at its centre. */
  public record Segment(
      LocalDate foundOn,
      String name,
      long customers,
      double share,
      BigDecimal value,
      double typicalRecencyDays,
      double typicalOrders,
      double typicalValue) {}

  /** Reads the segments of the last accepted model, the most valuable first. */
  public List<Segment> segments() {
    return Records.read(
        Segment.class,
        day.visible(SEGMENT_PROFILES)
            .orderBy(col("total_monetary").desc(), col("segment_id"))
            .select(
                Table.LOGICAL_DATE,
                "segment_name",
                "customers",
                "share",
                "total_monetary",
                "typical_recency_days",
                "typical_frequency_orders",
                "typical_monetary"));
  }

  /** Reads the date of the segmentation before; empty if there was none. */
  public Optional<LocalDate> segmentedBefore() {
    return Optional.ofNullable(
            day.visible(SEGMENT_MOVEMENTS).agg(max("previous_date")).head().getDate(0))
        .map(java.sql.Date::toLocalDate);
  }

  /**
   * The customers who went from one segment to another, stayed, or left.
   *
   * @param to empty for those who left
   * @param change stayed, moved or left
   * @param fromChange what became of the segment itself, as in retired
   * @param share of those who were in the segment
   */
  public record Movement(
      String from,
      Optional<String> to,
      String change,
      Optional<String> fromChange,
      Optional<String> toChange,
      long customers,
      double share) {}

  /** Reads the movements since the segmentation before, of one segment after the other. */
  public List<Movement> movements() {
    return Records.read(
        Movement.class,
        day.visible(SEGMENT_MOVEMENTS)
            .where(col("from_segment_id").isNotNull())
            .orderBy(col("from_segment_id"), col("customers").desc(), col("to_segment_id"))
            .select(
                "from_segment_name",
                "to_segment_name",
                "change",
                "from_segment_change",
                "to_segment_change",
                "customers",
                "share_of_from"));
  }

  /**
   * The customers who first ordered in a month, in a later month that is over.
   *
   * @param age months since the first order
   * @param classic who ordered in that month
   * @param rolling who ordered then or later
   * @param cumulative who ordered again by then
   * @param net paid so far, net of returns
   */
  public record CohortMonth(
      LocalDate cohort,
      int age,
      long customers,
      long classic,
      long rolling,
      long cumulative,
      BigDecimal net) {
    public double share() {
      return (double) classic / customers;
    }
  }

  /** Reads the cohorts of all sources together from the month after the first, oldest first. */
  public List<CohortMonth> cohorts(int maxMonths) {
    return Records.read(
        CohortMonth.class,
        day.visible(COHORT_RETENTION)
            .where(col("is_complete").and(col("age_months").between(lit(1), lit(maxMonths))))
            .groupBy("cohort_month", "age_months")
            .agg(
                sum("customers"),
                sum("classic_customers"),
                sum("rolling_customers"),
                sum("cumulative_customers"),
                sum("cumulative_net_amount"))
            .orderBy("cohort_month", "age_months"));
  }

  /** The customers of about one probability to be still one, and what is expected of them. */
  public record AliveGroup(
      Optional<Integer> fifth, long customers, double purchases, BigDecimal value, int months) {
    /** Names the probability. */
    public String name() {
      return fifth
          .map(part -> part * 100 / PARTS)
          .map(min -> "%d to %d %%".formatted(min, min + 100 / PARTS))
          .orElse("bought on one day");
    }
  }

  /** Reads the groups, the most probable first. */
  public List<AliveGroup> alive() {
    return Records.read(
        AliveGroup.class,
        day.visible(CUSTOMER_LIFETIME_VALUE)
            .where(col("predicted_purchases").isNotNull())
            .groupBy(
                when(col("p_alive").lt(1), col("p_alive").multiply(lit(PARTS)).cast("int"))
                    .when(col("p_alive").equalTo(1), lit(PARTS - 1))
                    .as("part"))
            .agg(
                count(lit(1)),
                sum("predicted_purchases"),
                coalesce(sum("predicted_clv"), lit(BigDecimal.ZERO)),
                max("horizon_months"))
            .orderBy(col("part").desc_nulls_last()));
  }

  /**
   * The customers of one risk to leave.
   *
   * @param share of them expected to leave
   * @param reason the feature that is most often the main one for leaving
   * @param days after {@code scoredOn} in which they are expected to
   */
  public record ChurnRisk(
      String name,
      long customers,
      double share,
      Optional<String> reason,
      int days,
      LocalDate scoredOn) {
    public double leaving() {
      return customers * share;
    }
  }

  /** Reads the risks of those who bought lately, the highest first. */
  public List<ChurnRisk> churnRisks() {
    return Records.read(
        ChurnRisk.class,
        day.visible(CUSTOMER_CHURN)
            .where(col("churn_probability").isNotNull())
            .groupBy(coalesce(col("churn_risk"), lit("the same for all")).as("risk"))
            .agg(
                count(lit(1)),
                avg("churn_probability").as("share"),
                mode(when(col("reason_1_effect").gt(0), col("reason_1")), true),
                max("horizon_days"),
                max(Table.LOGICAL_DATE))
            .orderBy(col("share").desc(), col("risk")));
  }
}
