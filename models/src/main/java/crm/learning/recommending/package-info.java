/** Ways to find what a customer may like to buy, from what all customers bought. */
package crm.learning.recommending;
