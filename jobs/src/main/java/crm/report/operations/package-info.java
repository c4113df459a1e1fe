/** The report's sections on runs and rejected records. */
package crm.report.operations;
