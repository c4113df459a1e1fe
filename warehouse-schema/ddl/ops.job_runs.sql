-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.job_runs (
  `run_id` STRING NOT NULL COMMENT 'Run of the command.',
  `pipeline_run` STRING COMMENT 'The scheduler\'s run it was part of.',
  `job` STRING NOT NULL COMMENT 'Name of the job.',
  `logical_date` DATE NOT NULL COMMENT 'Date it ran for.',
  `status` STRING NOT NULL COMMENT 'succeeded, empty, failed, skipped or gap_accepted (a load\'s, by a person).',
  `exit_code` INT COMMENT '0, or what a scheduler concludes from.',
  `mode` STRING COMMENT 'load, run (full recompute) or advance (the day\'s step).',
  `version` STRING COMMENT 'Version of the job\'s logic.',
  `settings_hash` STRING NOT NULL COMMENT 'Hash of the job\'s settings.',
  `commit` STRING NOT NULL COMMENT 'Commit the program was built from.',
  `started_at` TIMESTAMP NOT NULL COMMENT 'When it started, UTC.',
  `seconds` DOUBLE NOT NULL COMMENT 'How long it took, wall clock.',
  `rows_in` BIGINT NOT NULL COMMENT 'Rows of the tables read, as of the date.',
  `rows_out` BIGINT NOT NULL COMMENT 'Rows written.',
  `rejected` BIGINT NOT NULL COMMENT 'Records rejected.',
  `reads` ARRAY<STRUCT<table: STRING, source: STRING, rows: BIGINT, hash_low: BIGINT, hash_high: BIGINT>> COMMENT 'Content read, per table and source.',
  `writes` ARRAY<STRUCT<table: STRING, source: STRING, rows: BIGINT, hash_low: BIGINT, hash_high: BIGINT, logical_date: DATE>> COMMENT 'Content written, per date.',
  `message` STRING COMMENT 'Why it failed or was skipped; no record values.'
) USING delta
COMMENT 'One row per job and logical date in one run'
LOCATION '${warehouse}/ops/job_runs'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.dataSkippingStatsColumns' = 'logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
