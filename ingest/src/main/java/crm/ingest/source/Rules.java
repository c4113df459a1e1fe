package crm.ingest.source;

import java.time.LocalDate;
import java.time.ZoneId;

/**
 * What holds for the records of all sources.
 *
 * @param timeZone whose calendar days the business counts in, and what moments without a zone are
 *     in
 * @param baseCurrency the one currency amounts are in
 * @param maxFutureDays how far beyond its logical date a row's event date may lie
 * @param earliestDate before which no event date lies
 */
public record Rules(
    ZoneId timeZone, String baseCurrency, int maxFutureDays, LocalDate earliestDate) {}
