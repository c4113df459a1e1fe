-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.product_pairs (
  `source` STRING NOT NULL COMMENT 'Source system of the orders and products.',
  `product_a` STRING NOT NULL COMMENT 'One product; the lesser id.',
  `product_b` STRING NOT NULL COMMENT 'The other product.',
  `a_baskets` BIGINT NOT NULL COMMENT 'Baskets with product_a.',
  `b_baskets` BIGINT NOT NULL COMMENT 'Baskets with product_b.',
  `baskets_together` BIGINT NOT NULL COMMENT 'Baskets with both.',
  `lift` DOUBLE NOT NULL COMMENT 'How many times as often both are together as if independent.',
  `jaccard` DOUBLE NOT NULL COMMENT 'Of the baskets with either, the share with both.',
  `model_run_id` STRING NOT NULL COMMENT 'The model run; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per two products that were in one basket often enough'
LOCATION '${warehouse}/curated/product_pairs'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.counts_agree' = '(baskets_together <= least(a_baskets, b_baskets)) IS NOT FALSE',
  'delta.constraints.ordered' = '(product_a < product_b) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,product_a,product_b',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
