-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.files (
  `run_id` STRING NOT NULL COMMENT 'Run that looked.',
  `source` STRING NOT NULL COMMENT 'Source system that delivered it.',
  `feed` STRING NOT NULL COMMENT 'Feed of the source.',
  `path` STRING NOT NULL COMMENT 'Path below the landing folder.',
  `size_bytes` BIGINT NOT NULL COMMENT 'Size as stored.',
  `sha256` STRING NOT NULL COMMENT 'SHA-256 of the bytes as stored, hex.',
  `logical_date` DATE COMMENT 'The day the file belongs to.',
  `state` STRING NOT NULL COMMENT 'accepted, or duplicate of a file that is accepted.',
  `seen_at` TIMESTAMP NOT NULL COMMENT 'When, UTC.'
) USING delta
COMMENT 'One row per observation of a landing file; the newest of a path is its state'
LOCATION '${warehouse}/ops/files'
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
