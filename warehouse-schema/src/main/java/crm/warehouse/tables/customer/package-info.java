/** Tables about customers. */
package crm.warehouse.tables.customer;
