package crm.ingest.text;

/**
 * A record as it stands in a file.
 *
 * @param text without its line end
 * @param problem a code if the record cannot be read, else null
 */
public record RawRecord(String text, String problem) {}
