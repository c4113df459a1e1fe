-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.customers (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `customer_id` STRING NOT NULL COMMENT 'The source\'s id of the customer.',
  `full_name` STRING COMMENT 'Name as the source writes it.',
  `country` STRING COMMENT 'Country as the source writes it.',
  `city` STRING COMMENT 'City as the source writes it.',
  `stated_interests` STRING COMMENT 'Categories the customer asked for, a JSON array of names; NULL if unknown.',
  `registered_at` TIMESTAMP COMMENT 'When the customer registered, UTC.',
  `registered_on` DATE COMMENT 'Calendar day of registered_at.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per customer of one source'
LOCATION '${warehouse}/core/customers'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.dataSkippingStatsColumns' = 'source,registered_on,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
