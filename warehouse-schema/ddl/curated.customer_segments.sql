-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_segments (
  `source` STRING NOT NULL COMMENT 'Source system of the customer.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `segment_id` INT NOT NULL COMMENT 'Segment; the same over refits, never given again. 0 is all customers, uncut.',
  `segment_name` STRING NOT NULL COMMENT 'Name of the segment on the date.',
  `distance` DOUBLE NOT NULL COMMENT 'Distance from the centre of the segment, in standard deviations of the features.',
  `model_run_id` STRING NOT NULL COMMENT 'Model it was made with; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per customer with at least one order on or before the logical date'
LOCATION '${warehouse}/curated/customer_segments'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.distance_not_negative' = '(distance >= 0) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
