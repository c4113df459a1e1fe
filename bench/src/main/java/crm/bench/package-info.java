/**
 * Measures what our jobs cost: beside DuckDB, beside Python's libraries, and a day in each way that
 * it can be started. Equal files, equal results, each in a process of its own.
 */
package crm.bench;
