/** Files as delivered become typed, validated, deduplicated rows, by configuration alone. */
package crm.ingest;
