package crm.engine.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.engine.store.AsOf;
import crm.ingest.LoadTable;
import crm.testing.GivenInputs;
import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.Field;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs.Previous;
import crm.warehouse.job.Job;
import crm.warehouse.job.Outputs;
import crm.warehouse.job.StateJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The tables of a company in memory, made by its own jobs in order on given rows, without runner
 * and Delta.
 */
final class GivenCompany {
  private static final StructType LANDING =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("file", DataTypes.StringType)
          .add(Table.LOGICAL_DATE, DataTypes.DateType);

  private final Workbench company;
  private final Map<Table, Dataset<Row>> loaded = new HashMap<>();
  private final Map<Table, NavigableMap<LocalDate, Dataset<Row>>> computed = new HashMap<>();
  private final Map<Job, NavigableMap<LocalDate, String>> artefacts = new HashMap<>();

  /**
   * @param company with its landing files; nothing of it runs
   */
  GivenCompany(Workbench company) {
    this.company = company;
  }

  /** Runs a job on what is there, and keeps its rows. */
  Outputs run(Job job, LocalDate date) {
    Outputs outputs = job.run(inputs(job, date, UnaryOperator.identity()), date);
    OutputChecks.complete(job, outputs);
    outputs
        .rows()
        .forEach(
            (table, rows) -> {
              if (job instanceof LoadTable) {
                loaded.merge(table, inMemory(rows), Dataset::union);
              } else {
                computed
                    .computeIfAbsent(table, t -> new TreeMap<>())
                    .put(date, inMemory(OutputChecks.conforming(job, table, rows)));
              }
            });
    outputs
        .model()
        .filter(model -> model.refusal().isEmpty())
        .ifPresent(
            model ->
                artefacts.computeIfAbsent(job, j -> new TreeMap<>()).put(date, model.artefact()));
    return outputs;
  }

  /** What the job may see on the date, each table changed in the same way. */
  GivenInputs inputs(Job job, LocalDate date, UnaryOperator<Dataset<Row>> change) {
    GivenInputs inputs = new GivenInputs();
    for (Table table : job.reads()) {
      if (!job.writes().contains(table)) {
        inputs.given(table, change.apply(visible(job, table, date)));
      } else if (job instanceof LoadTable load) {
        inputs.given(table, change.apply(loadedBefore(load, date)));
      } else if (!(job instanceof StateJob)) { // A state's own rows are for its step.
        inputs.given(table, change.apply(history(table, date)));
        previous(job, table, date, change).ifPresent(last -> inputs.previously(table, last));
      }
    }
    return inputs;
  }

  /** What the step of a state may see. */
  GivenInputs step(StateJob job, LocalDate before, LocalDate date) {
    GivenInputs inputs = inputs(job, date, UnaryOperator.identity());
    for (Table table : job.reads()) {
      Dataset<Row> then = visible(job, table, before);
      inputs.since(
          table,
          then,
          loaded.containsKey(table)
              // In rows of their own: Spark would not join what it checkpoints with where it is
              // from.
              ? inMemory(AsOf.changedKeys(table, loaded.get(table), before, date))
              : then.limit(0));
    }
    return inputs;
  }

  /** The rows of all dates, with the system columns that hold more than a load's bookkeeping. */
  Dataset<Row> rows(Table table) {
    if (loaded.containsKey(table)) {
      return loaded.get(table);
    }
    Dataset<Row> rows = all(table, dates(table));
    return table.kind() == Kind.ENTITIES ? rows.withColumn(Table.IS_DELETED, lit(false)) : rows;
  }

  private Dataset<Row> visible(Job job, Table table, LocalDate date) {
    if (table.kind() == Kind.FILES) {
      return files((LoadTable) job, date);
    }
    if (loaded.containsKey(table)) {
      return AsOf.visible(table, loaded.get(table), date);
    }
    NavigableMap<LocalDate, Dataset<Row>> dates = dates(table);
    if (!table.isModelOutput()) {
      return dates.getOrDefault(date, none(table));
    }
    LocalDate accepted = dates.floorKey(date);
    return accepted == null ? dated(none(table), date) : dated(dates.get(accepted), accepted);
  }

  private Dataset<Row> loadedBefore(LoadTable load, LocalDate date) {
    Table own = load.target();
    if (!loaded.containsKey(own)) {
      return Sessions.small().createDataFrame(List.of(), own.layout().schema());
    }
    Dataset<Row> earlier = loaded.get(own).where(col(Table.LOGICAL_DATE).lt(lit(date)));
    return own.kind() == Kind.EVENTS ? earlier : AsOf.newest(own, earlier);
  }

  private Dataset<Row> history(Table own, LocalDate date) {
    return all(own, dates(own).headMap(date, false));
  }

  private Optional<Previous> previous(
      Job job, Table own, LocalDate date, UnaryOperator<Dataset<Row>> change) {
    return Optional.ofNullable(dates(own).lowerEntry(date))
        .map(
            last ->
                new Previous(
                    last.getKey(),
                    change.apply(last.getValue()),
                    Optional.ofNullable(artefacts.get(job)).map(all -> all.get(last.getKey()))));
  }

  private NavigableMap<LocalDate, Dataset<Row>> dates(Table table) {
    return computed.computeIfAbsent(table, t -> new TreeMap<>());
  }

  private static Dataset<Row> all(Table table, Map<LocalDate, Dataset<Row>> dates) {
    return dates.entrySet().stream()
        .map(date -> dated(date.getValue(), date.getKey()))
        .reduce(Dataset::union)
        .orElseGet(() -> dated(none(table), LocalDate.EPOCH));
  }

  private static Dataset<Row> dated(Dataset<Row> rows, LocalDate date) {
    return rows.withColumn(Table.LOGICAL_DATE, lit(Date.valueOf(date)));
  }

  private static Dataset<Row> none(Table table) {
    StructType schema = new StructType();
    List<Field> columns = new ArrayList<>(table.layout().leading());
    columns.addAll(table.columns());
    for (Field column : columns) {
      schema = schema.add(column.name(), column.type());
    }
    return Sessions.small().createDataFrame(List.of(), schema);
  }

  private static Dataset<Row> inMemory(Dataset<Row> rows) {
    return Sessions.small().createDataFrame(rows.collectAsList(), rows.schema());
  }

  /** The files of a feed of a date, as a load is told of them. */
  private Dataset<Row> files(LoadTable load, LocalDate date) {
    Path landing = company.home().resolve("landing");
    Path pattern = landing.resolve(load.feed().files().replace("{date}", date.toString()));
    List<Row> files = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(pattern.getParent(), pattern.getFileName().toString())) {
      for (Path file : found) {
        files.add(
            RowFactory.create(
                file.toUri().toString(), landing.relativize(file).toString(), Date.valueOf(date)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sessions.small().createDataFrame(files, LANDING);
  }
}
