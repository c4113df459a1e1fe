-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.cohort_retention (
  `source` STRING NOT NULL COMMENT 'Source system of the customers.',
  `cohort_month` DATE NOT NULL COMMENT 'First day of the month of the first order.',
  `age_months` INT NOT NULL COMMENT 'Months since; 0 is the month of the first order.',
  `is_complete` BOOLEAN NOT NULL COMMENT 'Whether that month is over; if not, all below but customers is NULL, never 0.',
  `customers` BIGINT NOT NULL COMMENT 'Customers of the cohort.',
  `classic_customers` BIGINT COMMENT 'Of them those who ordered in exactly that month.',
  `classic_rate` DOUBLE COMMENT 'Their share of the cohort, 0 to 1.',
  `rolling_customers` BIGINT COMMENT 'Those who ordered in that month or later.',
  `rolling_rate` DOUBLE COMMENT 'Their share of the cohort, 0 to 1.',
  `cumulative_customers` BIGINT COMMENT 'Those who ordered in any month from 1 to that one; NULL in month 0.',
  `cumulative_rate` DOUBLE COMMENT 'Their share of the cohort, 0 to 1.',
  `net_amount` DECIMAL(18,2) COMMENT 'Value of the cohort\'s orders of that month net of their returns, in the base currency.',
  `cumulative_net_amount` DECIMAL(18,2) COMMENT 'The same from month 0 to that one.',
  `cumulative_net_per_customer` DECIMAL(18,2) COMMENT 'The same per customer of the cohort.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per month of first order and month since, up to the month of the logical date; a month that is not over has no numbers'
LOCATION '${warehouse}/curated/cohort_retention'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.age_not_negative' = '(age_months >= 0) IS NOT FALSE',
  'delta.constraints.no_more_than_there_are' = '(classic_customers <= rolling_customers AND rolling_customers <= customers AND cumulative_customers <= customers) IS NOT FALSE',
  'delta.constraints.numbers_when_complete' = '(is_complete = (classic_customers IS NOT NULL) AND is_complete = (net_amount IS NOT NULL)) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,cohort_month,age_months',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
