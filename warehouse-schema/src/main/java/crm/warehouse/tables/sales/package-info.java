/** Tables about orders and forecasts. */
package crm.warehouse.tables.sales;
