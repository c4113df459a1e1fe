package crm.models.marketing.rules;

import crm.learning.itemsets.Itemset;

/**
 * Who buys the antecedent also buys the consequent.
 *
 * @param counts in how many baskets
 * @param pValue how likely at least as many baskets would have both by chance, see {@link
 *     RuleSearch}
 * @param qValue the least false discovery rate at which the rule is found
 * @param isRedundant whether a rule with less on the left has at least its confidence
 */
record AssociationRule(
    Itemset antecedent,
    int consequent,
    RuleCounts counts,
    double pValue,
    double qValue,
    boolean isRedundant) {}
