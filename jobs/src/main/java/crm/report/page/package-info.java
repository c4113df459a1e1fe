/** The parts of a report's page and how they are drawn; knows nothing of where numbers are from. */
package crm.report.page;
