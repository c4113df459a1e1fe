package crm.ingest.source;

import crm.warehouse.Database;
import java.util.Optional;

/**
 * A table of another system. It holds the present state and not that of a day, so each day that is
 * run is first copied to landing; later runs of that day read the copy.
 */
public sealed interface Origin {

  /**
   * The column that only grows as rows are added or changed; a copy then holds the rows at or above
   * the greatest value copied before. Empty where each copy holds everything.
   */
  Optional<String> incremental();

  /** For messages. */
  String description();

  /**
   * A Delta table.
   *
   * @param path its folder; any Hadoop file system
   */
  record DeltaFolder(String path, Optional<String> incremental) implements Origin {
    @Override
    public String description() {
      return "the Delta table " + path;
    }
  }

  /**
   * A table or query of a database.
   *
   * @param table a name, or a query in parentheses with an alias, as {@code (select ...) as t}
   */
  record DatabaseTable(Database database, String table, Optional<String> incremental)
      implements Origin {
    @Override
    public String description() {
      return table + " in " + database.address();
    }
  }
}
