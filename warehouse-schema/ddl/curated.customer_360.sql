-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_360 (
  `source` STRING NOT NULL COMMENT 'Source system of the customer.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `country` STRING COMMENT 'Country as the source writes it.',
  `registered_on` DATE COMMENT 'Day the customer registered.',
  `first_order_on` DATE COMMENT 'Day of the first order.',
  `last_order_on` DATE COMMENT 'Day of the last order.',
  `orders` BIGINT NOT NULL COMMENT 'Orders so far.',
  `net_value` DECIMAL(18,2) NOT NULL COMMENT 'Order value net of returns so far.',
  `rfm_segment` STRING NOT NULL COMMENT 'RFM segment; Prospects without an order.',
  `rfm_cell` STRING COMMENT 'RFM cell; NULL without an order.',
  `clv_npv` DECIMAL(18,2) COMMENT 'Net present lifetime value; NULL without an order.',
  `p_alive` DOUBLE COMMENT 'As in customer_lifetime_value.',
  `predicted_purchases` DOUBLE COMMENT 'As in customer_lifetime_value.',
  `predicted_clv` DECIMAL(18,2) COMMENT 'As in customer_lifetime_value.',
  `segment_name` STRING COMMENT 'Segment of alike customers; NULL without an order then or an accepted model.',
  `segmented_on` DATE COMMENT 'Day the segment is of; the newest accepted.',
  `churn_probability` DOUBLE COMMENT 'As in customer_churn; NULL of those long gone, or without an accepted model.',
  `churn_scored_on` DATE COMMENT 'Day the probability is of; the newest accepted.',
  `email_marketing` BOOLEAN NOT NULL COMMENT 'Whether marketing by e-mail is granted now.',
  `interactions_90d` BIGINT NOT NULL COMMENT 'Interactions in the 90 days up to the date.',
  `last_interaction_on` DATE COMMENT 'Day of the last interaction.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per customer on the logical date, whether or not they bought'
LOCATION '${warehouse}/curated/customer_360'
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
