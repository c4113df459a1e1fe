/** What is recommended to each customer, by the way of finding it that predicts best. */
package crm.models.marketing.recommendations;
