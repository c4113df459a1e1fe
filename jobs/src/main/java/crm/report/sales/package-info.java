/** The report's sections on revenue, forecasts and products. */
package crm.report.sales;
