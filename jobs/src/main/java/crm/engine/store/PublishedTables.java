package crm.engine.store;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.tables.AllTables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;

/** The tables as the published run left them. */
public final class PublishedTables {
  /** What a query holds beside names: texts, whose quotes are doubled or escaped, and comments. */
  private static final String QUOTED =
      "('[^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+'|\"[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+\""
          + "|--[^\n]*+|/\\*[\\s\\S]*?\\*/)";

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
                            + " D; for what failed before, see: crm status",
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

  /**
   * Reads all stored rows of a table as of the published run; none where that run did not have the
   * table yet.
   */
  public Dataset<Row> rows(Table table) {
    return published
        .version(table)
        .map(version -> warehouse.stored(table, version))
        .orElseGet(
            () ->
                warehouse
                    .spark()
                    .createDataFrame(java.util.List.<Row>of(), table.layout().schema()));
  }

  /** The newest date of a snapshot that has rows, if any has. */
  public Optional<LocalDate> newestDate(Table snapshot) {
    return Optional.ofNullable(rows(snapshot).agg(max(Table.LOGICAL_DATE)).head().getDate(0))
        .map(Date::toLocalDate);
  }

  /**
   * Reads the rows of the {@link #newestDate}, as the view {@link Table#latestName()} shows them.
   */
  public Dataset<Row> latest(Table snapshot) {
    return rows(snapshot)
        .where(col(Table.LOGICAL_DATE).equalTo(lit(newestDate(snapshot).orElse(null))));
  }

  /**
   * Answers a query over tables named by layer and name, and over their views of the newest date.
   * Of {@code ops} it reads the newest rows, also of runs that failed and published nothing.
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
      plain =
          named(
              plain,
              table.layer(),
              table.name(),
              () -> table.layer() == Layer.OPS ? warehouse.stored(table) : rows(table));
      if (table.latestName().isPresent()) {
        plain = named(plain, table.layer(), table.latestName().get(), () -> latest(table));
      }
    }
    return warehouse.spark().sql(plain);
  }

  /**
   * Puts the rows in place of the name where a query holds it; what is in quotes or comments stays.
   */
  private static String named(String sql, Layer layer, String name, Supplier<Dataset<Row>> rows) {
    Pattern names =
        Pattern.compile(QUOTED + "|\\b" + layer + "\\." + name + "\\b", Pattern.CASE_INSENSITIVE);
    if (names.matcher(sql).results().allMatch(PublishedTables::isQuoted)) {
      return sql;
    }
    String view = "_" + layer + "_" + name;
    rows.get().createOrReplaceTempView(view);
    return names
        .matcher(sql)
        .replaceAll(found -> isQuoted(found) ? Matcher.quoteReplacement(found.group()) : view);
  }

  private static boolean isQuoted(MatchResult found) {
    return found.group(1) != null;
  }
}
