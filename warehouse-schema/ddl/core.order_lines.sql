-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.order_lines (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `order_id` STRING NOT NULL COMMENT 'Order; joins to core.orders.',
  `line_id` STRING NOT NULL COMMENT 'Line within the order.',
  `product_id` STRING COMMENT 'Product; joins to core.products.',
  `quantity` BIGINT COMMENT 'Units ordered.',
  `unit_price` DECIMAL(18,4) COMMENT 'Price of one piece, in the base currency.',
  `line_amount` DECIMAL(18,4) COMMENT 'Amount of the line, in the base currency.',
  `cost_amount` DECIMAL(18,4) COMMENT 'What the line cost the company.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per line of an order'
LOCATION '${warehouse}/core/order_lines'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.line_amount_present' = 'is_deleted OR line_amount IS NOT NULL',
  'delta.constraints.quantity_positive' = 'is_deleted OR (quantity > 0) IS NOT FALSE',
  'delta.constraints.quantity_present' = 'is_deleted OR quantity IS NOT NULL',
  'delta.dataSkippingStatsColumns' = 'source,order_id,line_id,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
