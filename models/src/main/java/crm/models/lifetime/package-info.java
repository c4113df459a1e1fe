/** What a customer will be worth: repeat purchases foretold by a model, and the old formulas. */
package crm.models.lifetime;
