/** Documents and SQL derived from tables and jobs, so that they cannot drift. */
package crm.warehouse.render;
