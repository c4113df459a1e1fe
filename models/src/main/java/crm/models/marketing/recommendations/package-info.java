/** What each customer may like to buy, and why. */
package crm.models.marketing.recommendations;
