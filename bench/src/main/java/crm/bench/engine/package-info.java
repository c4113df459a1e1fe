/** The two sides of a comparison: the same steps by Spark and by DuckDB. */
package crm.bench.engine;
