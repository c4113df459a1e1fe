package crm.publish;

import crm.engine.run.Effect;
import crm.engine.store.PublishedTables;
import crm.warehouse.Database;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.render.Checksum;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;

/**
 * Copies of the published run in a database, for tools that speak JDBC. Each table is loaded into a
 * staging table and compared there; then one transaction empties all tables and fills them from
 * staging. Whoever reads sees all tables of one run or all of the one before (in one statement, or
 * in one transaction of isolation level repeatable read).
 *
 * <p>Why not swap by renaming: tried on PostgreSQL 15, a view follows the table and not its name,
 * so it stays with the old rows and forbids to drop them, and the new table has no grants. Why not
 * TRUNCATE: it makes readers wait, and a transaction that began before it finds an empty table.
 * DELETE and INSERT of a million rows took 0.8 s, and twice the space until the next VACUUM, which
 * PostgreSQL is asked for at the end.
 */
public final class PublishJdbc implements Effect {
  private final PublishSettings settings;

  public PublishJdbc(PublishSettings settings) {
    this.settings = settings;
  }

  @Override
  public String name() {
    return "publish-jdbc";
  }

  @Override
  public PublishedCopy run(PublishedTables published, Instant now) {
    Database database =
        settings
            .database()
            .orElseThrow(
                () ->
                    UserError.usage(
                        "publish.jdbc.url is empty, so there is no database to copy to. Set"
                            + " publish.jdbc { url, user, password-from } in conf/crm.conf of the"
                            + " workspace."));
    try (ServingSchema schema = ServingSchema.open(database, settings.schema())) {
      try {
        List<Outgoing> outgoing = new ArrayList<>();
        for (Table table : settings.tables()) {
          Outgoing rows = Outgoing.of(published, table, settings.newestOnly());
          stage(rows, database, schema);
          outgoing.add(rows);
        }
        schema.replaceAll(outgoing);
        return PublishedCopy.of(outgoing, "schema " + settings.schema());
      } finally {
        schema.dropStaging(settings.tables());
      }
    } catch (SQLException e) {
      throw database.problem(e);
    }
  }

  private static void stage(Outgoing outgoing, Database database, ServingSchema schema)
      throws SQLException {
    String staging = schema.staging(outgoing.table());
    schema.drop(outgoing.table());
    try {
      outgoing
          .rows()
          .write()
          .mode(SaveMode.Overwrite)
          .option("driver", database.driver())
          .jdbc(database.url(), staging, database.properties());
      Checksum found =
          schema.isPostgres()
              ? schema.checksum(outgoing.table(), staging)
              : Outgoing.checksum(outgoing.table(), readBack(outgoing, database, staging));
      schema.compare(outgoing, found);
    } catch (Exception e) { // Spark throws checked exceptions it does not declare.
      throw database.problemBelow(e).orElseThrow(() -> unchecked(e));
    }
  }

  private static Dataset<Row> readBack(Outgoing outgoing, Database database, String staging) {
    Dataset<Row> rows =
        outgoing
            .rows()
            .sparkSession()
            .read()
            .option("driver", database.driver())
            .jdbc(database.url(), staging, database.properties());
    return rows.select(
        outgoing.table().layout().columns().stream()
            .map(column -> rows.col(column.name()).cast(column.type()))
            .toArray(Column[]::new));
  }

  private static RuntimeException unchecked(Exception problem) {
    return problem instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(problem);
  }
}
