-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.file_loads (
  `run_id` STRING NOT NULL COMMENT 'Run that read the file.',
  `job` STRING NOT NULL COMMENT 'Ingestion that read it.',
  `source` STRING NOT NULL COMMENT 'Source system.',
  `table` STRING NOT NULL COMMENT 'Table the records were for.',
  `file` STRING COMMENT 'Path below the landing folder; NULL for tombstones alone.',
  `logical_date` DATE NOT NULL COMMENT 'The day the records belong to.',
  `records_in` BIGINT NOT NULL COMMENT 'Records read.',
  `accepted` BIGINT NOT NULL COMMENT 'Records that became a row.',
  `rejected` BIGINT NOT NULL COMMENT 'Records kept in ops.rejected_rows with a reason.',
  `duplicates` BIGINT NOT NULL COMMENT 'Records equal in key and content to one delivered.',
  `unchanged` BIGINT NOT NULL COMMENT 'Records of a full dump that say what is stored.',
  `collapsed` BIGINT NOT NULL COMMENT 'Records older than another of their key and day.',
  `filtered` BIGINT NOT NULL COMMENT 'Records the source\'s where clause leaves out.',
  `suppressed` BIGINT NOT NULL COMMENT 'Records of a person who was erased.',
  `other_day` BIGINT COMMENT 'Records of a day that this run did not load; NULL is 0.',
  `tombstones` BIGINT NOT NULL COMMENT 'Rows for keys a full dump no longer holds; no records.'
) USING delta
COMMENT 'One row per file, table and run: what became of the file\'s records'
LOCATION '${warehouse}/ops/file_loads'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.conservation' = '(records_in = accepted + rejected + duplicates + unchanged + collapsed + filtered + suppressed + coalesce(other_day, 0)) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
