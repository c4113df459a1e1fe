-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.consents (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `customer_id` STRING NOT NULL COMMENT 'Customer who decided.',
  `channel` STRING NOT NULL COMMENT 'Channel the decision is about: email, phone or post.',
  `purpose` STRING NOT NULL COMMENT 'What for, as in marketing.',
  `status` STRING COMMENT 'granted, denied or withdrawn.',
  `captured_at` TIMESTAMP COMMENT 'When the customer decided, UTC.',
  `captured_on` DATE COMMENT 'Calendar day of captured_at.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per customer, channel and purpose'
LOCATION '${warehouse}/core/consents'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_status' = 'is_deleted OR (status IN (\'granted\', \'denied\', \'withdrawn\')) IS NOT FALSE',
  'delta.constraints.status_present' = 'is_deleted OR status IS NOT NULL',
  'delta.dataSkippingStatsColumns' = 'source,channel,purpose,captured_on,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
