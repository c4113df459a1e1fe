package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CONSENTS;
import static crm.warehouse.tables.customer.CustomerTables.CONTACT_POINTS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;

import crm.warehouse.Table;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * What became of every customer of an audience: a row of {@code ops.exports}.
 *
 * @param runId the published run whose tables were asked
 * @param folder of the files below the export root, if there are any
 */
record Receipt(
    Selection selection, Status status, String runId, Optional<String> folder, Instant at) {

  enum Status {
    EXPORTED,
    UNCHANGED,
    TOO_SMALL,
    REFUSED;

    boolean hasFile() {
      return this == EXPORTED || this == UNCHANGED;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static String exportId(Audience audience, Instant at) {
    return audience.name() + "-" + STAMP.format(at);
  }

  /** In the order of the table's columns. */
  Row row() {
    Audience audience = selection.audience();
    long reachable = selection.reachable();
    List<Object> cells =
        new ArrayList<>(
            List.of(
                exportId(audience, at),
                runId,
                audience.name(),
                Date.valueOf(selection.date()),
                audience.layout().name(),
                audience.purpose(),
                audience.channel().toString(),
                status.toString(),
                selection.matched(),
                status.hasFile() ? reachable : 0L));
    leftOut().forEach(outcome -> cells.add(selection.counts().get(outcome)));
    cells.add(status.hasFile() ? 0L : reachable);
    cells.add(audience.minimumSize());
    for (Table table : List.of(CONSENTS, CONTACT_POINTS, CUSTOMERS)) {
      cells.add(selection.reach().version(table).orElse(null));
    }
    cells.add(audience.sha256());
    cells.add(folder.orElse(null));
    cells.add(Timestamp.from(at));
    return RowFactory.create(cells.toArray());
  }

  static Stream<Outcome> leftOut() {
    return Stream.of(Outcome.values()).filter(outcome -> outcome != Outcome.EXPORTED);
  }

  /** For a person. */
  String message() {
    Audience audience = selection.audience();
    String reasons =
        leftOut()
            .filter(outcome -> selection.counts().get(outcome) > 0)
            .map(outcome -> "%,d %s".formatted(selection.counts().get(outcome), outcome))
            .collect(Collectors.joining(", "));
    String what =
        switch (status) {
          case EXPORTED ->
              "%,d of %,d customers in %s"
                  .formatted(selection.reachable(), selection.matched(), folder.orElseThrow());
          case UNCHANGED ->
              "%,d of %,d customers, as they are in %s already"
                  .formatted(selection.reachable(), selection.matched(), folder.orElseThrow());
          case TOO_SMALL ->
              "%,d of %,d customers may be reached, fewer than minimum-size = %,d, so there is no"
                      .formatted(selection.reachable(), selection.matched(), audience.minimumSize())
                  + " file. Widen the rule or lower minimum-size in "
                  + audience.file();
          case REFUSED ->
              "consents, contact points or customers were changed each time it was written, so there"
                  + " is no file. Export again when nothing is loaded";
        };
    return audience.name() + ": " + what + (reasons.isEmpty() ? "" : "; left out: " + reasons);
  }
}
