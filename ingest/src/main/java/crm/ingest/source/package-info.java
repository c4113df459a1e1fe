/** What the configuration says of a source: its feeds, formats, mappings and rules. */
package crm.ingest.source;
