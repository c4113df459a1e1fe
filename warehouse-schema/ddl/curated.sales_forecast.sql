-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.sales_forecast (
  `source` STRING NOT NULL COMMENT 'Source system of the orders.',
  `measure` STRING NOT NULL COMMENT 'What is forecast: net_revenue (orders less returns, each on its own day) or gross_revenue, in the base currency; pieces (units ordered).',
  `frequency` STRING NOT NULL COMMENT 'Length of a period: daily, weekly (ISO) or monthly.',
  `level` STRING NOT NULL COMMENT 'What a series is of: total, category, product, country (of the customer) or channel (of the order).',
  `series_id` STRING NOT NULL COMMENT 'The category, product, country or channel; (unknown) where the data name none, (all) of the total.',
  `parent_id` STRING COMMENT 'What it adds up to: the category of a product, (all) of others; NULL of the total. Points add up exactly; bounds do not.',
  `period_start` DATE NOT NULL COMMENT 'First day of the forecast period.',
  `horizon` INT NOT NULL COMMENT 'Periods after the origin, from 1.',
  `origin` DATE NOT NULL COMMENT 'First day of the last complete period; nothing later was known.',
  `dropped_period` DATE COMMENT 'First day of the period that had begun and was left out as incomplete, if any.',
  `forecast` DECIMAL(18,2) NOT NULL COMMENT 'What is expected, coherent over all levels.',
  `lo80` DECIMAL(18,2) COMMENT 'Lower bound; in 80 % of cases it is between the two.',
  `hi80` DECIMAL(18,2) COMMENT 'Upper bound of 80 %; NULL like all bounds without errors to judge by.',
  `lo95` DECIMAL(18,2) COMMENT 'Lower bound of 95 %.',
  `hi95` DECIMAL(18,2) COMMENT 'Upper bound of 95 %.',
  `method` STRING NOT NULL COMMENT 'What gave the point before levels were made coherent, as in theta; mean and none stand in where a series is too short or empty.',
  `interval_method` STRING NOT NULL COMMENT 'How the bounds were made: conformal, normal (fewer than 19 errors) or none.',
  `naive_error` DOUBLE NOT NULL COMMENT 'Mean absolute error of the seasonal naive forecast so far; the unit of MASE.',
  `model_run_id` STRING NOT NULL COMMENT 'The model run; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per series of sales and one of its coming periods'
LOCATION '${warehouse}/curated/sales_forecast'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.after_origin' = '(horizon >= 1 AND period_start > origin) IS NOT FALSE',
  'delta.constraints.bounds_nested' = '(lo95 <= lo80 AND lo80 <= hi80 AND hi80 <= hi95) IS NOT FALSE',
  'delta.constraints.known_frequency' = '(frequency IN (\'daily\', \'weekly\', \'monthly\')) IS NOT FALSE',
  'delta.constraints.known_level' = '(level IN (\'total\', \'category\', \'product\', \'country\', \'channel\')) IS NOT FALSE',
  'delta.constraints.known_measure' = '(measure IN (\'net_revenue\', \'gross_revenue\', \'pieces\')) IS NOT FALSE',
  'delta.constraints.naive_error_not_negative' = '(naive_error >= 0) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,measure,frequency,level,series_id,horizon',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
