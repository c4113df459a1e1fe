-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_interests (
  `source` STRING NOT NULL COMMENT 'Source system of the customer.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `dimension` STRING NOT NULL COMMENT 'What the interest is in: category or channel.',
  `interest` STRING NOT NULL COMMENT 'Name of the category or channel.',
  `is_stated` BOOLEAN NOT NULL COMMENT 'Whether the customer asked for it: named the category, or granted consent to marketing on the channel.',
  `events` BIGINT NOT NULL COMMENT 'What it is inferred from: products of the category per order; orders and interactions on the channel. 0 if only stated.',
  `last_on` DATE COMMENT 'Day of the last event.',
  `weight` DOUBLE NOT NULL COMMENT 'Events, each halved for every half-life that has passed.',
  `share` DOUBLE NOT NULL COMMENT 'Part of the customer\'s weight in the dimension, 0 to 1.',
  `rank` INT NOT NULL COMMENT 'Place among the customer\'s interests of the dimension, by weight, then stated first, then by name.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per category or channel that a customer uses or asked for'
LOCATION '${warehouse}/curated/customer_interests'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_dimension' = '(dimension IN (\'category\', \'channel\')) IS NOT FALSE',
  'delta.constraints.said_or_done' = '(is_stated OR events > 0) IS NOT FALSE',
  'delta.constraints.share_in_range' = '(share BETWEEN 0 AND 1) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,dimension,interest',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
