/** Products that are bought together: pairs, and association rules with what chance would give. */
package crm.models.marketing.rules;
