/** The report's sections on offers and audiences. */
package crm.report.marketing;
