package crm.engine.history;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.engine.store.AsOf;
import crm.engine.store.KeptRows;
import crm.engine.store.LandingFile;
import crm.engine.store.SmallTables;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.warehouse.Columns;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The declared tables of one job as of one date, read from the warehouse. */
public final class JobInputs implements Inputs, AutoCloseable {
  private static final StructType LANDING =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("file", DataTypes.StringType)
          .add(Table.LOGICAL_DATE, DataTypes.DateType);

  private final Warehouse warehouse;
  private final RunHistory history;
  private final Job job;
  private final LocalDate date;
  private final Optional<LocalDate> stateDate;
  private final List<LandingFile> files;
  private final KeptRows kept;
  private final Map<Dataset<Row>, Map<Table, Dataset<Row>>> versions = new HashMap<>();
  private final Set<Table> asked = new HashSet<>();

  /**
   * @param date the logical date; of a load of a range its first
   * @param stateDate the date of the stored state a step starts from
   * @param files the landing files of a load
   */
  public JobInputs(
      Warehouse warehouse,
      RunHistory history,
      Job job,
      LocalDate date,
      Optional<LocalDate> stateDate,
      List<LandingFile> files) {
    this.warehouse = warehouse;
    this.history = history;
    this.job = job;
    this.date = date;
    this.stateDate = stateDate;
    this.files = files;
    this.kept = new KeptRows(warehouse.spark());
  }

  @Override
  public Dataset<Row> get(Table table) {
    declared(table);
    if (table.kind() == Kind.FILES) {
      return warehouse
          .spark()
          .createDataFrame(
              files.stream()
                  .map(
                      file ->
                          RowFactory.create(
                              file.uri(), file.path(), java.sql.Date.valueOf(file.logicalDate())))
                  .toList(),
              LANDING);
    }
    LocalDate seen =
        table.isModelOutput() ? history.acceptedResult(table, date).orElse(date) : date;
    return isSmall() ? warehouse.small().visible(table, seen) : warehouse.visible(table, seen);
  }

  /** Reads all stored rows of a table with all stored columns. */
  public Dataset<Row> stored(Table table) {
    return isSmall() ? warehouse.small().stored(table) : warehouse.stored(table);
  }

  private boolean isSmall() {
    return SmallTables.suit(history.rowsRead(job, date));
  }

  @Override
  public Optional<Previous> previous(Table own) {
    declared(own);
    return history
        .previousResult(own, date)
        .map(
            last ->
                new Previous(
                    last,
                    stored(own)
                        .where(col(Table.LOGICAL_DATE).equalTo(lit(last)))
                        .select(Columns.named(own.columnNames())),
                    history.models().artefact(job.name(), last)));
  }

  @Override
  public Dataset<Row> history(Table own) {
    declared(own);
    // Of all dates, which may be many more rows than those that the job is known to read.
    return warehouse
        .stored(own)
        .where(col(Table.LOGICAL_DATE).lt(lit(date)))
        .select(Columns.named(own.columnNames(), Table.LOGICAL_DATE));
  }

  @Override
  public Dataset<Row> get(Table table, Dataset<Row> keys) {
    return AsOf.visible(table, versions(table, keys), date, keys);
  }

  @Override
  public Dataset<Row> asOfState(Table table, Dataset<Row> keys) {
    return AsOf.visible(table, versions(table, keys), stateDate(), keys);
  }

  /**
   * Selects the stored rows that {@link AsOf#visible} of any date needs, read once for the same
   * keys.
   */
  private Dataset<Row> versions(Table table, Dataset<Row> keys) {
    declared(table);
    return versions
        .computeIfAbsent(keys, key -> new HashMap<>())
        .computeIfAbsent(table, t -> cached(AsOf.versions(t, warehouse.stored(t), keys)));
  }

  @Override
  public Dataset<Row> changedKeys(Table table) {
    declared(table);
    return AsOf.changedKeys(table, warehouse.stored(table), stateDate(), date);
  }

  @Override
  public Dataset<Row> cached(Dataset<Row> rows) {
    return kept.keep(rows);
  }

  /** Lets go of what {@link #cached} kept. */
  @Override
  public void close() {
    kept.close();
  }

  @Override
  public Dataset<Row> loadedBefore(Table own) {
    declared(own);
    Dataset<Row> earlier =
        stored(own)
            .where(
                col(Table.LOGICAL_DATE)
                    .lt(lit(date))
                    .and(col(Table.SOURCE).equalTo(((LoadTable) job).source())));
    return own.kind() == Kind.EVENTS ? earlier : AsOf.newest(own, earlier);
  }

  /** Returns the tables that were asked for. */
  Set<Table> asked() {
    return Set.copyOf(asked);
  }

  private LocalDate stateDate() {
    return stateDate.orElseThrow(
        () ->
            new IllegalStateException(
                "Job " + job.name() + " asked for changes outside StateJob.advance."));
  }

  private void declared(Table table) {
    if (!job.reads().contains(table)) {
      throw new IllegalArgumentException(
          "Job %s asked for %s, which it does not declare. Add it to reads()."
              .formatted(job.name(), table));
    }
    asked.add(table);
  }
}
