/** Which customers are about to leave: by the days they bought on, sent back and got in touch. */
package crm.models.customer.churn;
