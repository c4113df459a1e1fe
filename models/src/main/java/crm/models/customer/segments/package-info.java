/** Customers in segments of alike behaviour: fitted, named, and followed over time. */
package crm.models.customer.segments;
