-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.contact_points (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `customer_id` STRING NOT NULL COMMENT 'Customer who is reached there.',
  `channel` STRING NOT NULL COMMENT 'How the customer is reached: email, phone or post.',
  `value` STRING COMMENT 'The address or number as the source writes it.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per address of one customer on one channel'
LOCATION '${warehouse}/core/contact_points'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_channel' = 'is_deleted OR (channel IN (\'email\', \'phone\', \'post\')) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,channel,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
