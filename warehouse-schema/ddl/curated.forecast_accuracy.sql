-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.forecast_accuracy (
  `source` STRING NOT NULL COMMENT 'Source system of the orders.',
  `measure` STRING NOT NULL COMMENT 'What is forecast: net_revenue (orders less returns, each on its own day) or gross_revenue, in the base currency; pieces (units ordered).',
  `frequency` STRING NOT NULL COMMENT 'Length of a period: daily, weekly (ISO) or monthly.',
  `level` STRING NOT NULL COMMENT 'What a series is of: total, category, product, country (of the customer) or channel (of the order).',
  `origin` DATE NOT NULL COMMENT 'First day of the last complete period; nothing later was known.',
  `horizon` INT NOT NULL COMMENT 'Periods after the origin, from 1.',
  `period_start` DATE NOT NULL COMMENT 'First day of the forecast period.',
  `forecast_on` DATE NOT NULL COMMENT 'Logical date of the run that first forecast it.',
  `forecast_run_id` STRING NOT NULL COMMENT 'That run; joins to ops.model_runs.',
  `series` BIGINT NOT NULL COMMENT 'Series of the level whose period came.',
  `actual` DECIMAL(18,2) NOT NULL COMMENT 'What was sold, over these series, as known on the logical date: late, amended and cancelled orders count for as long as the forecasts are stored.',
  `forecast` DECIMAL(18,2) NOT NULL COMMENT 'What had been forecast.',
  `error` DECIMAL(18,2) NOT NULL COMMENT 'actual - forecast; above 0: sold more.',
  `absolute_error` DECIMAL(18,2) NOT NULL COMMENT 'Sum over the series of |actual - forecast|.',
  `wape` DOUBLE COMMENT 'absolute_error / sum of |actual|; NULL if that is 0.',
  `mape` DOUBLE COMMENT 'Mean over series of |error / actual|, those that sold nothing left out; NULL if all.',
  `mase` DOUBLE COMMENT 'Mean over series of |error| / naive_error, those without one left out; below 1: better than the seasonal naive forecast. NULL if all.',
  `bounded` BIGINT NOT NULL COMMENT 'Series whose forecast had bounds.',
  `inside80` BIGINT NOT NULL COMMENT 'Of these, inside the bounds of 80 %.',
  `inside95` BIGINT NOT NULL COMMENT 'Of these, inside the bounds of 95 %.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per forecasts of one origin, level and horizon, beside what has happened since'
LOCATION '${warehouse}/curated/forecast_accuracy'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.counts_agree' = '(inside80 <= inside95 AND inside95 <= bounded AND bounded <= series) IS NOT FALSE',
  'delta.constraints.error_agrees' = '(error = actual - forecast AND abs(error) <= absolute_error) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,measure,frequency,level,origin,horizon',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
