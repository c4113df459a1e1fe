package crm.publish;

import crm.engine.store.PublishedTables;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.render.Checksum;
import crm.warehouse.render.Dialect;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The rows of a table that go out, and what their copy has to add up to.
 *
 * @param rows of the published run, all stored columns
 */
record Outgoing(Table table, Dataset<Row> rows, Checksum checksum) {

  static Outgoing of(PublishedTables published, Table table, boolean newestOnly) {
    return of(
        table,
        newestOnly && table.kind() == Kind.SNAPSHOT
            ? published.latest(table)
            : published.rows(table));
  }

  static Outgoing of(Table table, Dataset<Row> rows) {
    return new Outgoing(table, rows, checksum(table, rows));
  }

  static Checksum checksum(Table table, Dataset<Row> rows) {
    return new Checksum(
        rows.selectExpr(Checksum.expression(table, Dialect.SPARK)).head().getString(0));
  }
}
