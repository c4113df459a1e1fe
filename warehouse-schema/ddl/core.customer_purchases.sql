-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.customer_purchases (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `first_order_on` DATE COMMENT 'Day of the first order; NULL without one.',
  `last_order_on` DATE COMMENT 'Day of the last order; NULL without one.',
  `orders` BIGINT COMMENT 'Orders with an amount above zero, not cancelled.',
  `gross_amount` DECIMAL(18,4) COMMENT 'Their amount, in the base currency.',
  `returned_amount` DECIMAL(18,4) COMMENT 'Amount of returns, in the base currency.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per customer of one source who bought or returned something, as running totals'
LOCATION '${warehouse}/core/customer_purchases'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.dates_with_orders' = 'is_deleted OR ((first_order_on IS NULL) = (orders = 0)) IS NOT FALSE',
  'delta.constraints.first_before_last' = 'is_deleted OR (first_order_on <= last_order_on) IS NOT FALSE',
  'delta.constraints.gross_amount_present' = 'is_deleted OR gross_amount IS NOT NULL',
  'delta.constraints.orders_not_negative' = 'is_deleted OR (orders >= 0) IS NOT FALSE',
  'delta.constraints.orders_present' = 'is_deleted OR orders IS NOT NULL',
  'delta.constraints.returned_amount_present' = 'is_deleted OR returned_amount IS NOT NULL',
  'delta.dataSkippingStatsColumns' = 'source,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
