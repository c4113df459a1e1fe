-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_churn (
  `source` STRING NOT NULL COMMENT 'Source system of the customer.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `churn_probability` DOUBLE COMMENT 'Probability of no purchase in the horizon_days after the date, 0 to 1; calibrated. NULL where no such period was seen yet.',
  `churn_risk` STRING COMMENT 'very high, high, medium, low or very low: quintiles of the customers the model was calibrated on.',
  `log_odds` DOUBLE COMMENT 'What the model says before calibration: base_log_odds, the effects of the reasons and all_other_effect together.',
  `base_log_odds` DOUBLE COMMENT 'log_odds of the average customer.',
  `reason_1` STRING COMMENT 'Feature that moves log_odds most; rank 1.',
  `reason_1_value` STRING COMMENT 'Its value; NULL if it has none.',
  `reason_1_effect` DOUBLE COMMENT 'What it adds to log_odds beside the average customer; above 0 towards leaving.',
  `reason_2` STRING COMMENT 'Feature that moves log_odds most; rank 2.',
  `reason_2_value` STRING COMMENT 'Its value; NULL if it has none.',
  `reason_2_effect` DOUBLE COMMENT 'What it adds to log_odds beside the average customer; above 0 towards leaving.',
  `reason_3` STRING COMMENT 'Feature that moves log_odds most; rank 3.',
  `reason_3_value` STRING COMMENT 'Its value; NULL if it has none.',
  `reason_3_effect` DOUBLE COMMENT 'What it adds to log_odds beside the average customer; above 0 towards leaving.',
  `all_other_effect` DOUBLE COMMENT 'What all other features add to log_odds.',
  `horizon_days` INT NOT NULL COMMENT 'Days after the date that are predicted.',
  `method` STRING NOT NULL COMMENT 'logistic-regression or gradient-boosted-trees; base-rate, the share who left lately, where a model would know too few customers; none where nobody can have left yet.',
  `model_run_id` STRING NOT NULL COMMENT 'The model; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per customer who bought so recently that they can still leave'
LOCATION '${warehouse}/curated/customer_churn'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_risk' = '(churn_risk IN (\'very high\', \'high\', \'medium\', \'low\', \'very low\')) IS NOT FALSE',
  'delta.constraints.probability' = '(churn_probability BETWEEN 0 AND 1) IS NOT FALSE',
  'delta.constraints.reasons_add_up' = '(abs(base_log_odds + reason_1_effect + reason_2_effect + reason_3_effect + all_other_effect - log_odds) < 1e-9) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
