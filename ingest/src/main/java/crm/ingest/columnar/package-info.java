/** Parquet and ORC files by their own types, a row group at a time. */
package crm.ingest.columnar;
