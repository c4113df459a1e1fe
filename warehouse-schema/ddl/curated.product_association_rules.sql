-- Generated from the table's definition; do not edit.
CREATE SCHEMA IF NOT EXISTS curated;
CREATE TABLE IF NOT EXISTS curated.product_association_rules (
  `source` STRING NOT NULL COMMENT 'Source system of the orders and products.',
  `level` STRING NOT NULL COMMENT 'What the sides of the rule are: product or category.',
  `antecedent` STRING NOT NULL COMMENT 'What is in the basket: ids in order, as in P1 + P2; a + of an id is written \\+.',
  `consequent` STRING NOT NULL COMMENT 'What then also is: one id.',
  `antecedent_names` STRING NOT NULL COMMENT 'The antecedent by names, where there are any.',
  `consequent_name` STRING NOT NULL COMMENT 'The consequent by name, where there is one.',
  `antecedent_items` INT NOT NULL COMMENT 'Number of products or categories on the left.',
  `baskets` BIGINT NOT NULL COMMENT 'Baskets of the source that were looked at.',
  `antecedent_baskets` BIGINT NOT NULL COMMENT 'Baskets with all of the antecedent.',
  `consequent_baskets` BIGINT NOT NULL COMMENT 'Baskets with the consequent.',
  `baskets_together` BIGINT NOT NULL COMMENT 'Baskets with both.',
  `support` DOUBLE NOT NULL COMMENT 'Share of all baskets that have both, 0 to 1.',
  `confidence` DOUBLE NOT NULL COMMENT 'Of the baskets with the antecedent, the share with the consequent, 0 to 1.',
  `lift` DOUBLE NOT NULL COMMENT 'How many times as often both are together as if independent; above 1.',
  `leverage` DOUBLE NOT NULL COMMENT 'Share of baskets with both above that expected if independent.',
  `conviction` DOUBLE COMMENT 'Exceptions to the rule, expected by found; NULL if there is no exception.',
  `zhang` DOUBLE COMMENT 'Zhang\'s measure, -1 (never together) to 1; NULL if the antecedent is in all baskets.',
  `p_value` DOUBLE NOT NULL COMMENT 'How likely as many baskets with both are if the items lay in baskets of these sizes at random; Fisher\'s exact test over places in baskets.',
  `q_value` DOUBLE NOT NULL COMMENT 'Least false discovery rate at which the rule is found, among all candidates.',
  `is_redundant` BOOLEAN NOT NULL COMMENT 'Whether a rule with fewer items on the left has at least this confidence.',
  `min_support` DOUBLE NOT NULL COMMENT 'Share of baskets that the products of a rule were together in at least; above the set one where that gave too many.',
  `model_run_id` STRING NOT NULL COMMENT 'The model; joins to ops.model_runs.',
  `logical_date` DATE NOT NULL COMMENT 'The day the row was computed for.'
) USING delta
PARTITIONED BY (logical_date)
COMMENT 'One row per rule that baskets with some products, or categories, also hold another'
LOCATION '${warehouse}/curated/product_association_rules'
TBLPROPERTIES (
  'delta.checkpointPolicy' = 'classic',
  'delta.columnMapping.mode' = 'none',
  'delta.constraints.confidence_in_range' = '(confidence BETWEEN 0 AND 1) IS NOT FALSE',
  'delta.constraints.counts_agree' = '(baskets_together <= least(antecedent_baskets, consequent_baskets) AND greatest(antecedent_baskets, consequent_baskets) <= baskets) IS NOT FALSE',
  'delta.constraints.known_level' = '(level IN (\'product\', \'category\')) IS NOT FALSE',
  'delta.constraints.more_than_chance' = '(lift > 1 AND p_value <= q_value) IS NOT FALSE',
  'delta.dataSkippingStatsColumns' = 'source,level,antecedent,consequent',
  'delta.enableChangeDataFeed' = 'false',
  'delta.enableDeletionVectors' = 'false',
  'delta.enableInCommitTimestamps' = 'false',
  'delta.enableRowTracking' = 'false',
  'delta.enableTypeWidening' = 'false'
);
