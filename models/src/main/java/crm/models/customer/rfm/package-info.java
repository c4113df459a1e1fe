/** RFM: recency, frequency and monetary scores, and the segments they name. */
package crm.models.customer.rfm;
