package crm.warehouse.tables.customer;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.TableBuilder;
import java.util.List;

/** Which customers are about to leave, and why. */
public final class ChurnTables {
  private ChurnTables() {}

  /** How many reasons a row gives. */
  public static final int REASONS = 3;

  public static final Table CUSTOMER_CHURN =
      reasons(
              Table.curated("customer_churn", Kind.SNAPSHOT)
                  .grain("customer who bought so recently that they can still leave")
                  .required("source", StringType, "Source system of the customer.")
                  .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
                  .column(
                      "churn_probability",
                      DoubleType,
                      "Probability of no purchase in the horizon_days after the date, 0 to 1;"
                          + " calibrated. NULL where no such period was seen yet.")
                  .column(
                      "churn_risk",
                      StringType,
                      "very high, high, medium, low or very low: quintiles of the customers the model"
                          + " was calibrated on.")
                  .column(
                      "log_odds",
                      DoubleType,
                      "What the model says before calibration: base_log_odds, the effects of the"
                          + " reasons and all_other_effect together.")
                  .column("base_log_odds", DoubleType, "log_odds of the average customer."))
          .column("all_other_effect", DoubleType, "What all other features add to log_odds.")
          .required("horizon_days", IntegerType, "Days after the date that are predicted.")
          .required(
              "method",
              StringType,
              "logistic-regression or gradient-boosted-trees; base-rate, the share who left"
                  + " lately, where a model would know too few customers; none where nobody can"
                  + " have left yet.")
          .required("model_run_id", StringType, "The model; joins to ops.model_runs.")
          .key("source", "customer_id")
          .subject("customer_id")
          .check("probability", "churn_probability BETWEEN 0 AND 1")
          .check("known_risk", "churn_risk IN ('very high', 'high', 'medium', 'low', 'very low')")
          .check(
              "reasons_add_up",
              "abs(base_log_odds + reason_1_effect + reason_2_effect + reason_3_effect"
                  + " + all_other_effect - log_odds) < 1e-9")
          .modelOutput()
          .build();

  private static TableBuilder reasons(TableBuilder table) {
    for (int rank = 1; rank <= REASONS; rank++) {
      String reason = "reason_" + rank;
      table
          .column(reason, StringType, "Feature that moves log_odds most; rank %d.".formatted(rank))
          .column(reason + "_value", StringType, "Its value; NULL if it has none.")
          .column(
              reason + "_effect",
              DoubleType,
              "What it adds to log_odds beside the average customer; above 0 towards leaving.");
    }
    return table;
  }

  public static final List<Table> ALL = List.of(CUSTOMER_CHURN);
}
