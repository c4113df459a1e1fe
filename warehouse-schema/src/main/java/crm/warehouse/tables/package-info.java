/** Every table there is, by the part of the business it belongs to. */
package crm.warehouse.tables;
