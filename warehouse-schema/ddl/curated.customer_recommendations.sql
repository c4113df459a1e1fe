-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.customer_recommendations (
  `source` STRING NOT NULL COMMENT 'Source system of the customer and the product.',
  `customer_id` STRING NOT NULL COMMENT 'Customer; joins to core.customers.',
  `rank` INT NOT NULL COMMENT 'Place among the customer\'s recommendations; 1 is best.',
  `product_id` STRING NOT NULL COMMENT 'What is recommended; joins to core.products.',
  `product_name` STRING NOT NULL COMMENT 'Its name; the id where there is none.',
  `method` STRING NOT NULL COMMENT 'How the product was found: item-item, als, own-most-bought or popularity.',
  `score` DOUBLE NOT NULL COMMENT 'By which products of one method are ranked; higher is better.',
  `reason` STRING NOT NULL COMMENT 'bought with (because_product, by others), similar taste (ALS; because_product contributes most), bought before (by the customer) or popular.',
  `because_product_id` STRING COMMENT 'The customer\'s own product that contributes most.',
  `because_product_name` STRING COMMENT 'Its name; the id where there is none.',
  `model_run_id` STRING NOT NULL COMMENT 'The model; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per product recommended to a customer, whether or not the customer has bought'
LOCATION '${warehouse}/curated/customer_recommendations'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.because_of_a_product' = '((because_product_id IS NULL) = (reason IN (\'bought before\', \'popular\'))) IS NOT FALSE',
  'delta.constraints.known_method' = '(method IN (\'item-item\', \'als\', \'own-most-bought\', \'popularity\')) IS NOT FALSE',
  'delta.constraints.known_reason' = '(reason IN (\'bought with\', \'similar taste\', \'bought before\', \'popular\')) IS NOT FALSE',
  'delta.constraints.rank_positive' = '(rank > 0) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,rank',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
