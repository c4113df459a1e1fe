-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.model_runs (
  `model_run_id` STRING NOT NULL COMMENT 'Names the model in the rows made with it.',
  `run_id` STRING NOT NULL COMMENT 'Run of the command.',
  `model` STRING NOT NULL COMMENT 'Name of the model and of its job.',
  `logical_date` DATE NOT NULL COMMENT 'Date it was made for.',
  `algorithm` STRING NOT NULL COMMENT 'What kind of model, as in k-means.',
  `fitted_on` DATE NOT NULL COMMENT 'The date whose data it was fitted to.',
  `seed` BIGINT COMMENT 'What random numbers started from; NULL without any.',
  `status` STRING NOT NULL COMMENT 'published, or refused: not used.',
  `refusal` STRING COMMENT 'Why it is not used.',
  `grade` STRING NOT NULL COMMENT 'A to D: from far better than a naive answer to no better.',
  `parameters` ARRAY<STRUCT<name: STRING, value: STRING>> COMMENT 'What was set and what was fitted.',
  `metrics` ARRAY<STRUCT<name: STRING, value: DOUBLE, better: STRING, baseline: DOUBLE>> COMMENT 'How good it is; better is higher, lower, closer (to the baseline) or neither; the baseline is the naive answer\'s.',
  `drift` ARRAY<STRUCT<feature: STRING, psi: DOUBLE>> COMMENT 'Population stability index of each feature against the data it was fitted to.',
  `reads` ARRAY<STRUCT<table: STRING, source: STRING, rows: BIGINT, hash_low: BIGINT, hash_high: BIGINT>> COMMENT 'Content read, per table and source.',
  `settings` STRING NOT NULL COMMENT 'The job with its settings.',
  `commit` STRING NOT NULL COMMENT 'Commit the program was built from.',
  `artefact_path` STRING NOT NULL COMMENT 'The saved model, below the warehouse.',
  `artefact_sha256` STRING NOT NULL COMMENT 'SHA-256 of the saved model, hex.',
  `recorded_at` TIMESTAMP NOT NULL COMMENT 'When, UTC.'
) USING delta
COMMENT 'One row per model made for a logical date in one run'
LOCATION '${warehouse}/ops/model_runs'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.known_status' = '(status IN (\'published\', \'refused\')) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
