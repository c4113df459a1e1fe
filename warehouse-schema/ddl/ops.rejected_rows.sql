-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.rejected_rows (
  `run_id` STRING NOT NULL COMMENT 'Run that rejected it.',
  `job` STRING NOT NULL COMMENT 'Ingestion that rejected it.',
  `source` STRING NOT NULL COMMENT 'Source system.',
  `table` STRING NOT NULL COMMENT 'Table it was for.',
  `logical_date` DATE NOT NULL COMMENT 'The day the record belongs to.',
  `file` STRING NOT NULL COMMENT 'Path below the landing folder.',
  `record_number` BIGINT NOT NULL COMMENT 'Position in the file; the first record is 1.',
  `column` STRING COMMENT 'Column at fault, where one is.',
  `reason` STRING NOT NULL COMMENT 'Why, as a code.',
  `raw_record` STRING COMMENT 'The record as delivered; bytes that are no text as \\xNN.'
) USING delta
COMMENT 'One row per record that did not become a row, and why'
LOCATION '${warehouse}/ops/rejected_rows'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.dataSkippingStatsColumns' = 'source,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
