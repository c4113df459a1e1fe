package crm.publish;

import com.typesafe.config.Config;
import crm.warehouse.Database;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.util.List;
import java.util.Optional;

/**
 * What is copied for other systems, and where to.
 *
 * @param newestOnly whether only the newest date of each table goes out
 * @param tables the tables that go out
 * @param parquetPath folder of the Parquet copies
 * @param database where the JDBC copies go, if anywhere
 * @param schema of the JDBC copies
 */
public record PublishSettings(
    boolean newestOnly,
    List<Table> tables,
    String parquetPath,
    Optional<Database> database,
    String schema) {

  /** Reads the section {@code publish} of the settings. */
  public static PublishSettings of(Config config) {
    String dates = config.getString("dates");
    if (!List.of("newest", "all").contains(dates)) {
      throw UserError.usage("publish.dates = '%s': choose newest or all", dates);
    }
    String schema = config.getString("jdbc.schema");
    if (!schema.matches("[a-z][a-z0-9_]*")) {
      throw UserError.usage("publish.jdbc.schema = '%s': choose lower snake case", schema);
    }
    List<String> names = config.getStringList("tables");
    List<Table> curated =
        AllTables.ALL.stream().filter(table -> table.layer() == Layer.CURATED).toList();
    for (String name : names) {
      if (curated.stream().noneMatch(table -> table.name().equals(name))) {
        throw UserError.usage(
            "publish.tables names '%s'; the curated tables are %s",
            name, String.join(", ", curated.stream().map(Table::name).toList()));
      }
    }
    return new PublishSettings(
        dates.equals("newest"),
        names.isEmpty()
            ? curated
            : curated.stream().filter(table -> names.contains(table.name())).toList(),
        config.getString("parquet.path"),
        config.getString("jdbc.url").isEmpty()
            ? Optional.empty()
            : Optional.of(Database.of(config.getConfig("jdbc"))),
        schema);
  }
}
