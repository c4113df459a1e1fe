/** Text files cut into records, with the text of each record as it was delivered. */
package crm.ingest.text;
