/** The report of a published run: what is asked of the tables, and how it is told. */
package crm.report;
