package crm.engine.store;

import java.time.LocalDate;

/**
 * A file as delivered.
 *
 * @param path below the landing folder; its name in records and rejected rows
 * @param uri where it is
 * @param sha256 of its bytes as stored, hex
 * @param logicalDate the day it belongs to
 * @param isDuplicate whether another file of the feed has the same bytes
 */
public record LandingFile(
    String path,
    String uri,
    long sizeBytes,
    String sha256,
    LocalDate logicalDate,
    boolean isDuplicate) {}
