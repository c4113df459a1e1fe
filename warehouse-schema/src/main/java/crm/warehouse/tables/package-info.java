/** Every table there is; a package below for each domain. */
package crm.warehouse.tables;
