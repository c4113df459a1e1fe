package crm.warehouse.tables.customer;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import crm.warehouse.Kind;
import crm.warehouse.Money;
import crm.warehouse.Table;
import java.util.List;

/** Who the customers are, how they may be reached, and what they are worth. */
public final class CustomerTables {
  private CustomerTables() {}

  public static final Table CUSTOMERS =
      Table.core("customers", Kind.ENTITIES)
          .grain("customer of one source")
          .pseudonym("customer_id", StringType, "The source's id of the customer.")
          .personal("full_name", StringType, "Name as the source writes it.")
          .column("country", StringType, "Country as the source writes it.")
          .column("city", StringType, "City as the source writes it.")
          .column(
              "stated_interests",
              StringType,
              "Categories the customer asked for, a JSON array of names; NULL if unknown.")
          .column("registered_at", TimestampType, "When the customer registered, UTC.")
          .column("registered_on", DateType, "Calendar day of registered_at.")
          .key("customer_id")
          .subject("customer_id")
          .eventDate("registered_on", "registered_at")
          .build();

  public static final Table CONTACT_POINTS =
      Table.core("contact_points", Kind.ENTITIES)
          .grain("address of one customer on one channel")
          .pseudonym("customer_id", StringType, "Customer who is reached there.")
          .required("channel", StringType, "How the customer is reached: email, phone or post.")
          .personal("value", StringType, "The address or number as the source writes it.")
          .key("customer_id", "channel")
          .subject("customer_id")
          .check("known_channel", "channel IN ('email', 'phone', 'post')")
          .build();

  public static final Table CONSENTS =
      Table.core("consents", Kind.ENTITIES)
          .grain("customer, channel and purpose")
          .pseudonym("customer_id", StringType, "Customer who decided.")
          .required("channel", StringType, "Channel the decision is about: email, phone or post.")
          .required("purpose", StringType, "What for, as in marketing.")
          .required("status", StringType, "granted, denied or withdrawn.")
          .column("captured_at", TimestampType, "When the customer decided, UTC.")
          .column("captured_on", DateType, "Calendar day of captured_at.")
          .key("customer_id", "channel", "purpose")
          .subject("customer_id")
          .eventDate("captured_on", "captured_at")
          .check("known_status", "status IN ('granted', 'denied', 'withdrawn')")
          .build();

  public static final Table INTERACTIONS =
      Table.core("interactions", Kind.EVENTS)
          .grain("contact between a customer and the company")
          .column("interaction_id", StringType, "The source's id of the interaction.")
          .pseudonym("customer_id", StringType, "Customer, if known.")
          .required("occurred_at", TimestampType, "When it happened, UTC.")
          .required("occurred_on", DateType, "Calendar day of occurred_at.")
          .required("channel", StringType, "Where it happened, as in web, email, phone, store.")
          .required("type", StringType, "What happened, as in visit, click, call.")
          .key("interaction_id")
          .subject("customer_id")
          .eventDate("occurred_on", "occurred_at")
          .build();

  public static final Table CUSTOMER_PURCHASES =
      Table.core("customer_purchases", Kind.ENTITIES)
          .grain("customer of one source who bought or returned something, as running totals")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .column("first_order_on", DateType, "Day of the first order; NULL without one.")
          .column("last_order_on", DateType, "Day of the last order; NULL without one.")
          .required("orders", LongType, "Orders with an amount above zero, not cancelled.")
          .required("gross_amount", Money.AMOUNT, "Their amount, in the base currency.")
          .required("returned_amount", Money.AMOUNT, "Amount of returns, in the base currency.")
          .key("customer_id")
          .subject("customer_id")
          .check("orders_not_negative", "orders >= 0")
          .check("dates_with_orders", "(first_order_on IS NULL) = (orders = 0)")
          .check("first_before_last", "first_order_on <= last_order_on")
          .build();

  public static final Table CUSTOMER_PURCHASE_DAYS =
      Table.core("customer_purchase_days", Kind.ENTITIES)
          .grain("customer of one source and day with at least one order that counts")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .column("purchased_on", DateType, "Day of the orders.")
          .required("orders", LongType, "Orders with an amount above zero, not cancelled.")
          .required("gross_amount", Money.AMOUNT, "Their amount, in the base currency.")
          .required(
              "returned_amount",
              Money.AMOUNT,
              "Amount of the returns linked to these orders by order id, in the base currency; a"
                  + " return counts on the day of the order it belongs to.")
          .key("customer_id", "purchased_on")
          .subject("customer_id")
          .check("orders_positive", "orders > 0")
          .check("gross_amount_positive", "gross_amount > 0")
          .build();

  public static final Table CUSTOMER_RFM =
      Table.curated("customer_rfm", Kind.SNAPSHOT)
          .grain("customer with at least one order on or before the logical date")
          .required("source", StringType, "Source system of the customer.")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .required("recency_days", IntegerType, "Whole days from last order to logical date.")
          .required("frequency_orders", LongType, "Orders so far.")
          .required(
              "monetary",
              Money.TOTAL,
              "Order value so far in the base currency, net of returns unless rfm.returns = ignore.")
          .required(
              "recency_score", IntegerType, "1 to 5, 5 is most recent (fewer in some methods).")
          .required("frequency_score", IntegerType, "1 to 5, 5 is most frequent.")
          .required("monetary_score", IntegerType, "1 to 5, 5 is highest.")
          .required("rfm_cell", StringType, "The three scores in the order R, F, M, as in 543.")
          .column(
              "rfm_segment", StringType, "Name by the ten-name grid of R and F; NULL if not 1-5.")
          .key("source", "customer_id")
          .subject("customer_id")
          .check("recency_not_negative", "recency_days >= 0")
          .check("frequency_positive", "frequency_orders > 0")
          .check("scores_in_range", "least(recency_score, frequency_score, monetary_score) >= 1")
          .build();

  public static final Table CUSTOMER_LIFETIME_VALUE =
      Table.curated("customer_lifetime_value", Kind.SNAPSHOT)
          .grain("customer with at least one order on or before the logical date")
          .required("source", StringType, "Source system of the customer.")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .required("historic_value", Money.TOTAL, "Order value net of returns so far.")
          .required("average_order_value", Money.TOTAL, "Historic value per order.")
          .required(
              "orders_per_year", DoubleType, "Orders per year since the first, at least one year.")
          .required("lifespan_years", IntegerType, "Years the value is reckoned for.")
          .required("discount_rate", DoubleType, "Yearly discount rate, 0 to 1.")
          .required("clv_simple", Money.TOTAL, "Average order value x orders per year x lifespan.")
          .required("clv_discounted", Money.TOTAL, "clv_simple / (1 + rate)^lifespan.")
          .required(
              "clv_npv",
              Money.TOTAL,
              "Net present value: each year's value discounted by its year.")
          .column(
              "p_alive",
              DoubleType,
              "Probability of still being a customer; NULL where the method cannot say, of BG/NBD"
                  + " before the second purchase day: see p_no_purchase_in_horizon.")
          .column(
              "p_no_purchase_in_horizon",
              DoubleType,
              "Probability of not buying again within the horizon.")
          .column(
              "predicted_purchases",
              DoubleType,
              "Expected days with a purchase within the horizon.")
          .column(
              "purchases_low",
              LongType,
              "Fewer days with a purchase are not expected, with 90 % probability.")
          .column(
              "purchases_high",
              LongType,
              "More days with a purchase are not expected, with 90 % probability; with"
                  + " purchases_low an interval of 80 %.")
          .column(
              "expected_spend",
              Money.TOTAL,
              "Expected value of a purchase day, net of returns, in the base currency.")
          .column(
              "predicted_clv",
              Money.TOTAL,
              "Margin x expected_spend x expected purchase days of the horizon, discounted by"
                  + " month.")
          .column("total_clv", Money.TOTAL, "Margin x historic_value, and predicted_clv.")
          .column(
              "average_days_between_orders",
              DoubleType,
              "Mean days from one purchase day to the next; NULL before the second.")
          .column("horizon_months", IntegerType, "Months that are predicted, of 365.25 / 12 days.")
          .column(
              "method",
              StringType,
              "How purchases are predicted: bg-nbd, mbg-nbd or pareto-nbd; nbd, in which nobody"
                  + " leaves; pooled-rate, one rate for all; none where nothing is known. With"
                  + " -outlier of customers who bought so much that they were left out of the fit.")
          .column(
              "spend_method",
              StringType,
              "How spend is predicted: gamma-gamma; population-mean, its mean, of customers who"
                  + " returned all repeat purchases; mean-spend, of repeat buyers; mean-purchase,"
                  + " of all purchases; none.")
          .column("model_run_id", StringType, "The model; joins to ops.model_runs.")
          .key("source", "customer_id")
          .subject("customer_id")
          .check(
              "probabilities",
              "p_alive BETWEEN 0 AND 1 AND p_no_purchase_in_horizon BETWEEN 0 AND 1")
          .check("predicted_finite", "predicted_purchases >= 0 AND predicted_purchases < 1e9")
          .check("interval", "0 <= purchases_low AND purchases_low <= purchases_high")
          .check("predicted_value_not_negative", "expected_spend >= 0 AND predicted_clv >= 0")
          .build();

  public static final Table CUSTOMER_360 =
      Table.curated("customer_360", Kind.SNAPSHOT)
          .grain("customer on the logical date, whether or not they bought")
          .required("source", StringType, "Source system of the customer.")
          .pseudonym("customer_id", StringType, "Customer; joins to core.customers.")
          .column("country", StringType, "Country as the source writes it.")
          .column("registered_on", DateType, "Day the customer registered.")
          .column("first_order_on", DateType, "Day of the first order.")
          .column("last_order_on", DateType, "Day of the last order.")
          .required("orders", LongType, "Orders so far.")
          .required("net_value", Money.TOTAL, "Order value net of returns so far.")
          .required("rfm_segment", StringType, "RFM segment; Prospects without an order.")
          .column("rfm_cell", StringType, "RFM cell; NULL without an order.")
          .column("clv_npv", Money.TOTAL, "Net present lifetime value; NULL without an order.")
          .column("p_alive", DoubleType, "As in customer_lifetime_value.")
          .column("predicted_purchases", DoubleType, "As in customer_lifetime_value.")
          .column("predicted_clv", Money.TOTAL, "As in customer_lifetime_value.")
          .column(
              "segment_name",
              StringType,
              "Segment of alike customers; NULL without an order then or an accepted model.")
          .column("segmented_on", DateType, "Day the segment is of; the newest accepted.")
          .column(
              "churn_probability",
              DoubleType,
              "As in customer_churn; NULL of those long gone, or without an accepted model.")
          .column("churn_scored_on", DateType, "Day the probability is of; the newest accepted.")
          .required("email_marketing", BooleanType, "Whether marketing by e-mail is granted now.")
          .required("interactions_90d", LongType, "Interactions in the 90 days up to the date.")
          .column("last_interaction_on", DateType, "Day of the last interaction.")
          .key("source", "customer_id")
          .subject("customer_id")
          .build();

  public static final Table COHORT_RETENTION =
      Table.curated("cohort_retention", Kind.SNAPSHOT)
          .grain(
              "month of first order and month since, up to the month of the logical date; a month"
                  + " that is not over has no numbers")
          .required("source", StringType, "Source system of the customers.")
          .column("cohort_month", DateType, "First day of the month of the first order.")
          .column("age_months", IntegerType, "Months since; 0 is the month of the first order.")
          .required(
              "is_complete",
              BooleanType,
              "Whether that month is over; if not, all below but customers is NULL, never 0.")
          .required("customers", LongType, "Customers of the cohort.")
          .column("classic_customers", LongType, "Of them those who ordered in exactly that month.")
          .column("classic_rate", DoubleType, "Their share of the cohort, 0 to 1.")
          .column("rolling_customers", LongType, "Those who ordered in that month or later.")
          .column("rolling_rate", DoubleType, "Their share of the cohort, 0 to 1.")
          .column(
              "cumulative_customers",
              LongType,
              "Those who ordered in any month from 1 to that one; NULL in month 0.")
          .column("cumulative_rate", DoubleType, "Their share of the cohort, 0 to 1.")
          .column(
              "net_amount",
              Money.TOTAL,
              "Value of the cohort's orders of that month net of their returns, in the base"
                  + " currency.")
          .column("cumulative_net_amount", Money.TOTAL, "The same from month 0 to that one.")
          .column(
              "cumulative_net_per_customer", Money.TOTAL, "The same per customer of the cohort.")
          .key("source", "cohort_month", "age_months")
          .check("age_not_negative", "age_months >= 0")
          .check(
              "numbers_when_complete",
              "is_complete = (classic_customers IS NOT NULL) AND is_complete = (net_amount IS NOT"
                  + " NULL)")
          .check(
              "no_more_than_there_are",
              "classic_customers <= rolling_customers AND rolling_customers <= customers"
                  + " AND cumulative_customers <= customers")
          .build();

  public static final List<Table> ALL =
      List.of(
          CUSTOMERS,
          CONTACT_POINTS,
          CONSENTS,
          INTERACTIONS,
          CUSTOMER_PURCHASES,
          CUSTOMER_PURCHASE_DAYS,
          CUSTOMER_RFM,
          CUSTOMER_LIFETIME_VALUE,
          CUSTOMER_360,
          COHORT_RETENTION);
}
