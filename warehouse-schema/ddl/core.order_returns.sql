-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.order_returns (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `return_id` STRING NOT NULL COMMENT 'The source\'s id of the return.',
  `order_id` STRING COMMENT 'Order the goods came from, if known.',
  `customer_id` STRING COMMENT 'Customer; NULL if unknown or erased.',
  `product_id` STRING COMMENT 'Product; joins to core.products.',
  `quantity` BIGINT NOT NULL COMMENT 'Units returned.',
  `amount` DECIMAL(18,4) NOT NULL COMMENT 'Amount given back, in the base currency; not negative.',
  `returned_at` TIMESTAMP NOT NULL COMMENT 'When, UTC.',
  `returned_on` DATE NOT NULL COMMENT 'Calendar day of returned_at.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per returned line'
LOCATION '${warehouse}/core/order_returns'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.amount_not_negative' = '(amount >= 0) IS NOT FALSE',
  'delta.constraints.quantity_positive' = '(quantity > 0) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,return_id,returned_on,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
