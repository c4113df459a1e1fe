package crm.store;

import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;

/** The tables as the published run left them. */
public final class PublishedTables {
  private final Warehouse warehouse;
  private final Published published;

  /**
   * @throws UserError if nothing was published yet
   */
  public PublishedTables(Warehouse warehouse) {
    this.warehouse = warehouse;
    published =
        Published.read(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration())
            .orElseThrow(
                () ->
                    UserError.usage(
                        "Nothing was published in %s yet: no run ended well. Run crm run --all --date"
                            + " D; what failed before is told by: crm status",
                        warehouse.root()));
  }

  /** The run that was published. */
  public String runId() {
    return published.runId();
  }

  public SparkSession spark() {
    return warehouse.spark();
  }

  /**
   * The tables as they are now, for what may not wait until a run is published, as a withdrawn
   * consent.
   */
  public Warehouse warehouse() {
    return warehouse;
  }

  /** All stored rows; none where the run did not have the table yet. */
  public Dataset<Row> rows(Table table) {
    return published
        .version(table)
        .map(version -> warehouse.stored(table, version))
        .orElseGet(
            () ->
                warehouse.spark().createDataFrame(java.util.List.<Row>of(), table.storedSchema()));
  }

  /**
   * The answer to a query over tables named by layer and name. What {@code ops} tells of runs it
   * tells at once, also of those that failed and published nothing.
   *
   * @throws UserError if it is no query
   */
  public Dataset<Row> query(String sql) {
    try {
      CatalystSqlParser$.MODULE$.parseQuery(sql);
    } catch (Exception e) { // Spark's parser throws a checked exception it does not declare.
      throw UserError.usage(
          "That is no query: %s Write a SELECT, as in: select count(*) from core.orders",
          UserError.firstLine(e));
    }
    String plain = sql;
    for (Table table : AllTables.ALL) {
      String view = "_" + table.layer() + "_" + table.name();
      Pattern name =
          Pattern.compile(
              "\\b" + table.layer() + "\\." + table.name() + "\\b", Pattern.CASE_INSENSITIVE);
      if (name.matcher(plain).find()) {
        Dataset<Row> rows = table.layer() == Layer.OPS ? warehouse.stored(table) : rows(table);
        rows.createOrReplaceTempView(view);
        plain = name.matcher(plain).replaceAll(view);
      }
    }
    return warehouse.spark().sql(plain);
  }
}
