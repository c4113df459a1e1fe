/** What the published tables say, in the few numbers that a report is made of. */
package crm.report.figures;
