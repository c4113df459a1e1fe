/** Tables about offers. */
package crm.warehouse.tables.marketing;
