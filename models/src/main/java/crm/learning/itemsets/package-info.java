/** Which items are often bought together: baskets, counts over them, and frequent itemsets. */
package crm.learning.itemsets;
