/** Copies of published tables for those who cannot read Delta: Parquet folders and databases. */
package crm.publish;
