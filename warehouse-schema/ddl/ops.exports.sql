-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS ops;
CREATE TABLE IF NOT EXISTS ops.exports (
  `export_id` STRING NOT NULL COMMENT 'Names the export.',
  `run_id` STRING NOT NULL COMMENT 'Published run whose tables the rule was asked of.',
  `audience` STRING NOT NULL COMMENT 'Name of the audience.',
  `logical_date` DATE NOT NULL COMMENT 'The date of customer_360 that was exported.',
  `destination` STRING NOT NULL COMMENT 'Whose file layout, as in generic.',
  `purpose` STRING NOT NULL COMMENT 'What the customers agreed to, as in marketing.',
  `channel` STRING NOT NULL COMMENT 'How they are reached: email, phone or post.',
  `status` STRING NOT NULL COMMENT 'exported; unchanged: an earlier export has the same rows; too_small: fewer than minimum_size, so no file; refused: consents changed each time it was written, so no file.',
  `matched` BIGINT NOT NULL COMMENT 'Customers the rule is true of.',
  `exported` BIGINT NOT NULL COMMENT 'Customers in the file.',
  `deleted` BIGINT NOT NULL COMMENT 'Left out: deleted since.',
  `no_consent` BIGINT NOT NULL COMMENT 'Left out: never asked, or without an answer.',
  `denied` BIGINT NOT NULL COMMENT 'Left out: said no.',
  `withdrawn` BIGINT NOT NULL COMMENT 'Left out: said yes and took it back.',
  `no_contact` BIGINT NOT NULL COMMENT 'Left out: no address on the channel.',
  `invalid_contact` BIGINT NOT NULL COMMENT 'Left out: an address nothing can be sent to.',
  `shared_address` BIGINT NOT NULL COMMENT 'Left out: somebody else with this address did not agree; the strictest wins.',
  `withheld` BIGINT NOT NULL COMMENT 'Could have been exported; status says why they were not.',
  `minimum_size` BIGINT NOT NULL COMMENT 'With fewer customers there is no file.',
  `consents_version` BIGINT COMMENT 'Delta version of core.consents that was asked.',
  `contact_points_version` BIGINT COMMENT 'Delta version of core.contact_points.',
  `customers_version` BIGINT COMMENT 'Delta version of core.customers.',
  `definition_sha256` STRING NOT NULL COMMENT 'SHA-256 of the audience\'s definition, hex.',
  `folder` STRING COMMENT 'Folder below paths.exports; NULL without a file.',
  `exported_at` TIMESTAMP NOT NULL COMMENT 'When, UTC.'
) USING delta
COMMENT 'One row per export of an audience that was asked for: what became of every matched customer'
LOCATION '${warehouse}/ops/exports'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.conservation' = '(matched = exported + deleted + no_consent + denied + withdrawn + no_contact + invalid_contact + shared_address + withheld) IS NOT FALSE',
  'delta.constraints.known_status' = '(status IN (\'exported\', \'unchanged\', \'too_small\', \'refused\')) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'logical_date',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
