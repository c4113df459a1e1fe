package crm.publish;

import crm.warehouse.Database;
import crm.warehouse.Field;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.render.Checksum;
import crm.warehouse.render.Dialect;
import crm.warehouse.render.LatestView;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The schema of a database that holds our copies of tables, and staging tables while we copy. */
final class ServingSchema implements AutoCloseable {
  private final Connection connection;
  private final String schema;
  private final String quote;
  private final boolean postgres;

  private ServingSchema(Connection connection, String schema) throws SQLException {
    this.connection = connection;
    this.schema = schema;
    DatabaseMetaData about = connection.getMetaData();
    quote = about.getIdentifierQuoteString();
    postgres = about.getDatabaseProductName().equals("PostgreSQL");
  }

  /** Connects, and makes the schema if it is not there. */
  static ServingSchema open(Database database, String name) throws SQLException {
    Connection connection = database.connect();
    try {
      ServingSchema schema = new ServingSchema(connection, name);
      schema.lock();
      schema.make();
      return schema;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  boolean isPostgres() {
    return postgres;
  }

  String staging(Table table) {
    return named(stagingName(table));
  }

  private static String stagingName(Table table) {
    return "staging_of_" + table.name();
  }

  private String target(Table table) {
    return named(table.name());
  }

  private String named(String table) {
    return quoted(schema) + "." + quoted(table);
  }

  private String quoted(String name) {
    return quote + name + quote;
  }

  /** Two at once would fill the same staging tables. Ends with the connection. */
  private void lock() throws SQLException {
    if (postgres) {
      try (Statement statement = connection.createStatement();
          ResultSet answer =
              statement.executeQuery(
                  "SELECT pg_try_advisory_lock(hashtext('crm publish " + schema + "'))")) {
        answer.next();
        if (!answer.getBoolean(1)) {
          throw UserError.retryable(
              "Another crm publish jdbc is filling schema %s. Try again when it has ended.",
              schema);
        }
      }
    }
  }

  /** Asks first: even for a schema that is there, making it takes a permission. */
  private void make() throws SQLException {
    try (ResultSet found = connection.getMetaData().getSchemas(null, schema)) {
      if (!found.next()) {
        execute("CREATE SCHEMA " + quoted(schema));
      }
    }
  }

  /** In PostgreSQL's own arithmetic. */
  Checksum checksum(Table table, String stored) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer =
            statement.executeQuery(
                "SELECT " + Checksum.expression(table, Dialect.POSTGRESQL) + " FROM " + stored)) {
      answer.next();
      return new Checksum(answer.getString(1));
    }
  }

  void compare(Outgoing wanted, Checksum found) {
    found
        .difference(wanted.checksum())
        .ifPresent(
            where -> {
              throw UserError.gate(
                  "%s was read back from the database with other %s than were written, so the"
                      + " copies stay as they were. Does the database keep what it is given, as"
                      + " UTF-8 and without triggers? Then: crm publish jdbc",
                  wanted.table(), where);
            });
  }

  /**
   * Replaces the rows of all tables by those of their staging tables, in one transaction. Tables,
   * columns and views of the newest date that are new are made before; a column that is no longer
   * ours stays, and is NULL, since views may name it.
   */
  void replaceAll(List<Outgoing> outgoing) throws SQLException {
    connection.setAutoCommit(false);
    try {
      // Other databases than PostgreSQL end a transaction with each of these, so they come first.
      for (Outgoing table : outgoing) {
        shape(table.table());
        if (table.table().latestName().isPresent()) {
          view(table.table(), table.table().latestName().get());
        }
        if (postgres) {
          describe(table.table());
        }
      }
      for (Outgoing table : outgoing) {
        fill(table);
      }
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
    if (postgres) {
      for (Outgoing table : outgoing) {
        execute("VACUUM (ANALYZE) " + target(table.table()));
      }
    }
  }

  /** Writes the meaning of tables and columns as comments of the database. */
  private void describe(Table table) throws SQLException {
    comment("TABLE " + target(table), "One row per " + table.grain() + ".");
    for (Field column : table.layout().columns()) {
      comment("COLUMN " + target(table) + "." + quoted(column.name()), column.doc());
    }
  }

  private void comment(String on, String meaning) throws SQLException {
    execute("COMMENT ON %s IS '%s'".formatted(on, meaning.replace("'", "''")));
  }

  private void fill(Outgoing outgoing) throws SQLException {
    Table table = outgoing.table();
    String columns =
        table.layout().columns().stream()
            .map(column -> quoted(column.name()))
            .collect(Collectors.joining(", "));
    execute("DELETE FROM " + target(table));
    execute(
        "INSERT INTO %s (%s) SELECT %s FROM %s"
            .formatted(target(table), columns, columns, staging(table)));
    if (postgres) {
      compare(outgoing, checksum(table, target(table)));
    }
  }

  /** Makes the table or its missing columns, typed as Spark typed those of the staging table. */
  private void shape(Table table) throws SQLException {
    Map<String, String> wanted = columns(stagingName(table));
    Map<String, String> present = columns(table.name());
    if (present.isEmpty()) {
      execute(
          "CREATE TABLE %s AS SELECT * FROM %s WHERE 1 = 0"
              .formatted(target(table), staging(table)));
      return;
    }
    for (Map.Entry<String, String> column : wanted.entrySet()) {
      String type = present.get(column.getKey());
      if (type == null) {
        execute(
            "ALTER TABLE %s ADD COLUMN %s %s"
                .formatted(target(table), quoted(column.getKey()), column.getValue()));
      } else if (!type.equals(column.getValue())) {
        throw UserError.usage(
            "%s.%s is %s in the database and is %s now. Change it there: drop the views that name"
                + " it, as %s, which is made again; then ALTER TABLE %s ALTER COLUMN %s TYPE %s; or"
                + " drop the table, too. Then: crm publish jdbc",
            table.name(),
            column.getKey(),
            type,
            column.getValue(),
            table.latestName().orElse("yours"),
            target(table),
            column.getKey(),
            column.getValue());
      }
    }
  }

  /**
   * Makes the view of the newest date, or shows in it the columns that its table gained: behind the
   * others, as only then grants and views on it stay. A view that is as it should be is left alone,
   * since replacing it waits for its readers and makes new ones wait.
   */
  private void view(Table table, String name) throws SQLException {
    List<String> present = List.copyOf(columns(name).keySet());
    List<String> wanted = List.copyOf(columns(table.name()).keySet());
    if (!present.equals(wanted)) {
      execute(
          "CREATE%s VIEW %s AS %s"
              .formatted(
                  present.isEmpty() ? "" : " OR REPLACE",
                  named(name),
                  LatestView.query(wanted, quote, target(table))));
      if (postgres) {
        comment("VIEW " + named(name), "The rows of " + table.name() + " of its newest date.");
      }
    }
  }

  /** The columns of a table or view of this schema, with types; none where it is not there. */
  private Map<String, String> columns(String table) throws SQLException {
    Map<String, String> columns = new LinkedHashMap<>();
    try (ResultSet found = connection.getMetaData().getColumns(null, schema, table, null)) {
      while (found.next()) {
        // The name is a pattern to JDBC, in which an underscore is any letter.
        if (found.getString("TABLE_NAME").equals(table)) {
          columns.put(found.getString("COLUMN_NAME"), type(found));
        }
      }
    }
    return columns;
  }

  private static String type(ResultSet column) throws SQLException {
    String name = column.getString("TYPE_NAME");
    return switch (column.getInt("DATA_TYPE")) {
      case Types.DECIMAL, Types.NUMERIC ->
          "%s(%d,%d)"
              .formatted(name, column.getInt("COLUMN_SIZE"), column.getInt("DECIMAL_DIGITS"));
      case Types.VARCHAR, Types.CHAR ->
          name.equals("text") ? name : "%s(%d)".formatted(name, column.getInt("COLUMN_SIZE"));
      default -> name;
    };
  }

  void dropStaging(List<Table> tables) throws SQLException {
    for (Table table : tables) {
      drop(table);
    }
  }

  /** Removes a staging table, as one that a failure left. */
  void drop(Table table) throws SQLException {
    execute("DROP TABLE IF EXISTS " + staging(table));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
