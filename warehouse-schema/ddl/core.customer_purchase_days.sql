-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.customer_purchase_days (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `purchased_on` DATE NOT NULL COMMENT 'Day of the orders.',
  `orders` BIGINT COMMENT 'Orders with an amount above zero, not cancelled.',
  `gross_amount` DECIMAL(18,4) COMMENT 'Their amount, in the base currency.',
  `returned_amount` DECIMAL(18,4) COMMENT 'Amount of the returns linked to these orders by order id, in the base currency; a return counts on the day of the order it belongs to.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per customer of one source and day with at least one order that counts'
LOCATION '${warehouse}/core/customer_purchase_days'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.gross_amount_positive' = 'is_deleted OR (gross_amount > 0) IS NOT FALSE',
  'delta.constraints.gross_amount_present' = 'is_deleted OR gross_amount IS NOT NULL',
  'delta.constraints.orders_positive' = 'is_deleted OR (orders > 0) IS NOT FALSE',
  'delta.constraints.orders_present' = 'is_deleted OR orders IS NOT NULL',
  'delta.constraints.returned_amount_present' = 'is_deleted OR returned_amount IS NOT NULL',
  'delta.dataSkippingStatsColumns' = 'source,purchased_on,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
