/** Reads the published tables as the few numbers that a report is made of. */
package crm.report.figures;
