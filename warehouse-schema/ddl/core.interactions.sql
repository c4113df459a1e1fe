-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS core;
CREATE TABLE IF NOT EXISTS core.interactions (
  `source` STRING NOT NULL COMMENT 'Source system the row came from.',
  `interaction_id` STRING NOT NULL COMMENT 'The source\'s id of the interaction.',
  `customer_id` STRING COMMENT 'Customer, if known.',
  `occurred_at` TIMESTAMP NOT NULL COMMENT 'When it happened, UTC.',
  `occurred_on` DATE NOT NULL COMMENT 'Calendar day of occurred_at.',
  `channel` STRING NOT NULL COMMENT 'Where it happened, as in web, email, phone, store.',
  `type` STRING NOT NULL COMMENT 'What happened, as in visit, click, call.',
  `row_hash` BIGINT COMMENT 'Hash of the row\'s content.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was delivered or computed.',
  `logical_month` STRING COMMENT 'Month of the logical date, yyyy-MM.'
) USING delta
PARTITIONED BY (logical_month)
COMMENT 'One row per contact between a customer and the company'
LOCATION '${warehouse}/core/interactions'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.dataSkippingStatsColumns' = 'source,interaction_id,occurred_on,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
