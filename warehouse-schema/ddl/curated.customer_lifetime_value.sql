-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_lifetime_value (
  `source` STRING NOT NULL COMMENT 'Source system of the customer.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `historic_value` DECIMAL(18,2) NOT NULL COMMENT 'Order value net of returns so far.',
  `average_order_value` DECIMAL(18,2) NOT NULL COMMENT 'Historic value per order.',
  `orders_per_year` DOUBLE NOT NULL COMMENT 'Orders per year since the first, at least one year.',
  `lifespan_years` INT NOT NULL COMMENT 'Years the value is reckoned for.',
  `discount_rate` DOUBLE NOT NULL COMMENT 'Yearly discount rate, 0 to 1.',
  `clv_simple` DECIMAL(18,2) NOT NULL COMMENT 'Average order value x orders per year x lifespan.',
  `clv_discounted` DECIMAL(18,2) NOT NULL COMMENT 'clv_simple / (1 + rate)^lifespan.',
  `clv_npv` DECIMAL(18,2) NOT NULL COMMENT 'Net present value: each year\'s value discounted by its year.',
  `p_alive` DOUBLE COMMENT 'Probability of still being a customer; NULL where the method cannot say, of BG/NBD before the second purchase day: see p_no_purchase_in_horizon.',
  `p_no_purchase_in_horizon` DOUBLE COMMENT 'Probability of not buying again within the horizon.',
  `predicted_purchases` DOUBLE COMMENT 'Expected days with a purchase within the horizon.',
  `purchases_low` BIGINT COMMENT 'Fewer days with a purchase are not expected, with 90 % probability.',
  `purchases_high` BIGINT COMMENT 'More days with a purchase are not expected, with 90 % probability; with purchases_low an interval of 80 %.',
  `expected_spend` DECIMAL(18,2) COMMENT 'Expected value of a purchase day, net of returns, in the base currency.',
  `predicted_clv` DECIMAL(18,2) COMMENT 'Margin x expected_spend x expected purchase days of the horizon, discounted by month.',
  `total_clv` DECIMAL(18,2) COMMENT 'Margin x historic_value, and predicted_clv.',
  `average_days_between_orders` DOUBLE COMMENT 'Mean days from one purchase day to the next; NULL before the second.',
  `horizon_months` INT COMMENT 'Months that are predicted, of 365.25 / 12 days.',
  `method` STRING COMMENT 'How purchases are predicted: bg-nbd, mbg-nbd or pareto-nbd; nbd, in which nobody leaves; pooled-rate, one rate for all; none where nothing is known. With -outlier of customers who bought so much that they were left out of the fit.',
  `spend_method` STRING COMMENT 'How spend is predicted: gamma-gamma; population-mean, its mean, of customers who returned all repeat purchases; mean-spend, of repeat buyers; mean-purchase, of all purchases; none.',
  `model_run_id` STRING COMMENT 'The model; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per customer with at least one order on or before the logical date'
LOCATION '${warehouse}/curated/customer_lifetime_value'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.interval' = '(0 <= purchases_low AND purchases_low <= purchases_high) IS NOT FALSE',
  'delta.constraints.predicted_finite' = '(predicted_purchases >= 0 AND predicted_purchases < 1e9) IS NOT FALSE',
  'delta.constraints.predicted_value_not_negative' = '(expected_spend >= 0 AND predicted_clv >= 0) IS NOT FALSE',
  'delta.constraints.probabilities' = '(p_alive BETWEEN 0 AND 1 AND p_no_purchase_in_horizon BETWEEN 0 AND 1) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
