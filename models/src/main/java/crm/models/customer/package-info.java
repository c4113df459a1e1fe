/** What a customer is worth: RFM scores and lifetime value. */
package crm.models.customer;
