/** The report of a published run: a section for each question. */
package crm.report;
