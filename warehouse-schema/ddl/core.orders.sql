-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.orders (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `order_id` STRING NOT NULL COMMENT 'The source\'s id of the order.',
  `customer_id` STRING COMMENT 'Customer; NULL if unknown or erased.',
  `ordered_at` TIMESTAMP COMMENT 'When it was placed, UTC.',
  `ordered_on` DATE COMMENT 'Calendar day of ordered_at.',
  `channel` STRING COMMENT 'Where it was placed, as in web or store.',
  `status` STRING COMMENT 'placed or cancelled; anything else is rejected.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per order of one source'
LOCATION '${warehouse}/core/orders'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_status' = 'is_deleted OR (status IN (\'placed\', \'cancelled\')) IS NOT FALSE',
  'delta.constraints.ordered_at_present' = 'is_deleted OR ordered_at IS NOT NULL',
  'delta.constraints.ordered_on_present' = 'is_deleted OR ordered_on IS NOT NULL',
  'delta.constraints.status_present' = 'is_deleted OR status IS NOT NULL',
  'delta.dataSkippingStatsColumns' = 'source,order_id,ordered_on,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
