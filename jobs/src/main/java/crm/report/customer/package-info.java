/** The report's sections on customers. */
package crm.report.customer;
