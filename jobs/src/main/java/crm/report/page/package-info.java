/**
 * What a report's page consists of, and how it is drawn; knows nothing of where numbers are from.
 */
package crm.report.page;
