-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_rfm (
  `source` STRING NOT NULL COMMENT 'Source system of the customer.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `recency_days` INT NOT NULL COMMENT 'Whole days from last order to logical date.',
  `frequency_orders` BIGINT NOT NULL COMMENT 'Orders so far.',
  `monetary` DECIMAL(18,2) NOT NULL COMMENT 'Order value so far in the base currency, net of returns unless rfm.returns = ignore.',
  `recency_score` INT NOT NULL COMMENT '1 to 5, 5 is most recent (fewer in some methods).',
  `frequency_score` INT NOT NULL COMMENT '1 to 5, 5 is most frequent.',
  `monetary_score` INT NOT NULL COMMENT '1 to 5, 5 is highest.',
  `rfm_cell` STRING NOT NULL COMMENT 'The three scores in the order R, F, M, as in 543.',
  `rfm_segment` STRING COMMENT 'Name by the ten-name grid of R and F; NULL if not 1-5.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per customer with at least one order on or before the logical date'
LOCATION '${warehouse}/curated/customer_rfm'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.frequency_positive' = '(frequency_orders > 0) IS NOT FALSE',
  'delta.constraints.recency_not_negative' = '(recency_days >= 0) IS NOT FALSE',
  'delta.constraints.scores_in_range' = '(least(recency_score, frequency_score, monetary_score) >= 1) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
