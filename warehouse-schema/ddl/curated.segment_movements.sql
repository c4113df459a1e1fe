-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.segment_movements (
  `movement` STRING NOT NULL COMMENT 'The two ids, as in 2 > 5; none where there is no id.',
  `previous_date` DATE COMMENT 'The date before; NULL on the first.',
  `from_segment_id` INT COMMENT 'Segment then; NULL: had none.',
  `from_segment_name` STRING COMMENT 'Its name then.',
  `to_segment_id` INT COMMENT 'Segment now; NULL: has none.',
  `to_segment_name` STRING COMMENT 'Its name now.',
  `customers` BIGINT NOT NULL COMMENT 'Customers who went that way.',
  `share_of_from` DOUBLE COMMENT 'Their share of those in the segment then, 0 to 1.',
  `change` STRING NOT NULL COMMENT 'stayed, moved, joined (had no segment) or left (has none any more).',
  `from_segment_change` STRING COMMENT 'retired if that segment is no more.',
  `to_segment_change` STRING COMMENT 'If that segment is new: split where most of its customers come from one that is still there, else new.',
  `model_run_id` STRING NOT NULL COMMENT 'Model it was made with; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per segment customers were in on the previous date and segment they are in now'
LOCATION '${warehouse}/curated/segment_movements'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_change' = '(change IN (\'stayed\', \'moved\', \'joined\', \'left\')) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'movement',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
