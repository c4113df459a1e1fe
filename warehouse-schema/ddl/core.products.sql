-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.products (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `product_id` STRING NOT NULL COMMENT 'The source\'s id of the product.',
  `name` STRING COMMENT 'Name as the source writes it.',
  `category` STRING COMMENT 'Category as the source writes it.',
  `list_price` DECIMAL(18,4) COMMENT 'Price of one piece, in the base currency.',
  `sequence` BIGINT COMMENT 'The source\'s order of versions of a key; microseconds where it is a time.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `is_deleted` BOOLEAN NOT NULL COMMENT 'Whether the key is gone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per product of one source'
LOCATION '${warehouse}/core/products'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.price_not_negative' = 'is_deleted OR (list_price >= 0) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,product_id,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
