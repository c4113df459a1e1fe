package crm.warehouse.tables.customer;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who is a buyer and what is recent, for whatever is asked of what customers do. */
public final class CustomerActivity {
  /** What was done within so many days is recent. */
  public static final int RECENT_DAYS = 90;

  private static final String[] CUSTOMER = {Table.SOURCE, "customer_id"};

  private CustomerActivity() {}

  /**
   * Selects known customers with an order that counts. A row is a customer, with the columns of
   * {@link CustomerTables#CUSTOMER_PURCHASES}.
   */
  public static Dataset<Row> buyers(Inputs in) {
    return in.get(CustomerTables.CUSTOMER_PURCHASES)
        .where(col("orders").gt(0))
        .join(in.get(CustomerTables.CUSTOMERS), CUSTOMER, "left_semi");
  }

  /** Returns what a buyer was sold and did not send back. */
  public static Column net() {
    return col("gross_amount").minus(col("returned_amount"));
  }

  /** Returns whether a day was one of the {@link #RECENT_DAYS} up to and with another. */
  public static Column isRecent(Column day, LocalDate asOf) {
    return day.leq(lit(asOf)).and(day.gt(lit(asOf.minusDays(RECENT_DAYS))));
  }
}
