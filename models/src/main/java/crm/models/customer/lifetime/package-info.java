/** What a customer will be worth: repeat purchases predicted by a model, and the old formulas. */
package crm.models.customer.lifetime;
