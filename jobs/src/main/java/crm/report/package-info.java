/** The report of a published run: one page, a group of sections for each domain. */
package crm.report;
