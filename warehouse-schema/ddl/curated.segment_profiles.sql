-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.segment_profiles (
  `segment_id` INT NOT NULL COMMENT 'Segment.',
  `segment_name` STRING NOT NULL COMMENT 'Its name; no two of a date are the same.',
  `proposed_name` STRING NOT NULL COMMENT 'What its profile suggests; becomes the name when suggested twice running.',
  `customers` BIGINT NOT NULL COMMENT 'Customers in it.',
  `share` DOUBLE NOT NULL COMMENT 'Their share of all customers in segments, 0 to 1.',
  `total_monetary` DECIMAL(18,2) NOT NULL COMMENT 'Their order value so far, net of returns.',
  `typical_recency_days` DOUBLE NOT NULL COMMENT 'Days since the last order at the centre; like all typical values the mean of logarithms, taken back, which few extremes do not move.',
  `typical_frequency_orders` DOUBLE NOT NULL COMMENT 'Orders at the centre.',
  `typical_monetary` DOUBLE NOT NULL COMMENT 'Net order value so far at the centre.',
  `typical_tenure_days` DOUBLE NOT NULL COMMENT 'Days since the first order at the centre.',
  `typical_returned_share` DOUBLE NOT NULL COMMENT 'Returned part of the order value.',
  `typical_interactions_90d` DOUBLE NOT NULL COMMENT 'Interactions in the 90 days to the date.',
  `model_run_id` STRING NOT NULL COMMENT 'Model it was made with; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per segment with customers on the logical date'
LOCATION '${warehouse}/curated/segment_profiles'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.share_in_range' = '(share > 0 AND share <= 1) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'segment_id',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
