/**
 * Measures our jobs beside DuckDB: the same files, the same results, each in a process of its own.
 */
package crm.bench;
