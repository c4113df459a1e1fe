package crm.ingest.source;

import crm.warehouse.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of file of a source.
 *
 * @param origin where the files are copied from, if it is not the source that puts them into
 *     landing
 * @param files path pattern below the landing folder; {@code {date}} stands for yyyy-MM-dd, {@code
 *     {yyyyMMdd}} for a compact date, {@code *} for anything within a name
 * @param optional fields that a file may lack; any other field that is used and missing rejects the
 *     file's records
 * @param failOnMissing whether a day without files fails, to be tried again, or counts as empty
 * @param logicalDate for an initial load of many days in one file: the expression that tells each
 *     record's day
 */
public record Feed(
    String source,
    String name,
    Optional<Origin> origin,
    String files,
    Format format,
    Set<String> optional,
    boolean failOnMissing,
    Optional<String> logicalDate,
    List<TableMapping> tables) {

  /** Where copies of other systems' tables are, below the landing folder. */
  public static final String COPIES = "copies/";

  public Feed {
    optional = Set.copyOf(optional);
    tables = List.copyOf(tables);
  }

  /** Folder of the copy of a day of a feed that has an origin, below the landing folder. */
  public static String copyFolder(String source, String feed, String date) {
    return COPIES + "%s/%s_%s".formatted(source, feed, date);
  }

  /** The files of this feed, as a table a job can declare that it reads. */
  public Table landing() {
    return Table.landing(source, name);
  }
}
