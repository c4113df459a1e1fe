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
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per customer with at least one order on or before the logical date'
LOCATION '${warehouse}/curated/customer_lifetime_value'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.dataSkippingStatsColumns' = 'source',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
