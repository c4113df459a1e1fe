/** Tables about runs, files, models and exports. */
package crm.warehouse.tables.ops;
