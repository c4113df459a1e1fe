package crm.engine.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import crm.engine.history.JobInputs;
import crm.engine.history.RunHistory;
import crm.engine.store.AsOf;
import crm.engine.store.ContentHash;
import crm.engine.store.Warehouse;
import crm.warehouse.Columns;
import crm.warehouse.RowHash;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.Outputs;
import crm.warehouse.job.StateJob;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Computes, checks and writes the tables of one job for one date. */
final class Computation {
  private static final String STORED_HASH = "_stored_hash";
  private static final String STORED_DELETED = "_stored_is_deleted";

  private final Warehouse warehouse;
  private final RunHistory history;
  private final Job job;
  private final LocalDate date;

  Computation(Warehouse warehouse, RunHistory history, Job job, LocalDate date) {
    this.warehouse = warehouse;
    this.history = history;
    this.job = job;
    this.date = date;
  }

  /**
   * What was written.
   *
   * @param mode run or advance
   * @param model behind the rows, or refused
   * @param pipeline the model as MLlib's
   */
  record Computed(
      String mode,
      Map<Table, ContentHash> contents,
      Optional<ModelRun> model,
      Optional<PipelineModel> pipeline) {

    /** Returns why the job does not use the model that it fitted. */
    Optional<String> refusal() {
      return model.flatMap(ModelRun::refusal);
    }
  }

  /**
   * Replaces the rows of the date by what the job computes. Of a table the job refuses to fill, the
   * date has none.
   *
   * @param stateDate the date of a stored state that {@link #advance} could start from: then the
   *     rows since are replaced, as a step would
   */
  Computed run(Optional<LocalDate> stateDate) {
    LocalDate from = stateDate.map(last -> last.plusDays(1)).orElse(date);
    Map<Table, ContentHash> contents = new HashMap<>();
    try (JobInputs inputs = inputs(Optional.empty())) {
      Outputs outputs = job.run(inputs, date);
      OutputChecks.complete(job, outputs);
      outputs
          .rows()
          .forEach(
              (table, rows) -> {
                Dataset<Row> checked = OutputChecks.conforming(job, table, rows);
                Dataset<Row> stored =
                    job instanceof StateJob
                        ? difference(
                            table,
                            checked.withColumn(Table.IS_DELETED, lit(false)),
                            AsOf.newest(table, stored(inputs, table, from.minusDays(1))),
                            true)
                        : checked;
                contents.put(table, write(table, stored, from));
              });
      for (Table table : job.writes()) {
        if (!contents.containsKey(table)) {
          warehouse.clear(table, date);
        }
      }
      return new Computed("run", contents, outputs.model(), outputs.pipeline());
    }
  }

  private JobInputs inputs(Optional<LocalDate> stateDate) {
    return new JobInputs(warehouse, history, job, date, stateDate, List.of());
  }

  /** Replaces the rows since the date of the stored state by what the day's step changes. */
  Computed advance(LocalDate stateDate) {
    Map<Table, ContentHash> contents = new HashMap<>();
    try (JobInputs inputs = inputs(Optional.of(stateDate))) {
      ((StateJob) job)
          .advance(inputs, date)
          .rows()
          .forEach(
              (table, rows) -> {
                Dataset<Row> changed =
                    inputs.cached(OutputChecks.conforming(job, table, rows, Table.IS_DELETED));
                Dataset<Row> keys = changed.select(Columns.named(table.fullKey()));
                Dataset<Row> before =
                    AsOf.newest(
                        table, AsOf.versions(table, stored(inputs, table, stateDate), keys));
                Dataset<Row> stored = difference(table, changed, before, false);
                contents.put(table, write(table, stored, stateDate.plusDays(1)));
              });
    }
    return new Computed("advance", contents, Optional.empty(), Optional.empty());
  }

  private static Dataset<Row> stored(JobInputs inputs, Table table, LocalDate last) {
    return inputs.stored(table).where(col(Table.LOGICAL_DATE).leq(lit(last)));
  }

  /**
   * Selects the rows that differ from the stored ones, as they are to be stored.
   *
   * @param rows declared columns and {@link Table#IS_DELETED}
   * @param stored the newest stored row of each key
   * @param complete whether keys that are not among the rows are gone
   */
  private static Dataset<Row> difference(
      Table table, Dataset<Row> rows, Dataset<Row> stored, boolean complete) {
    String[] key = table.fullKey().toArray(String[]::new);
    Dataset<Row> known =
        stored
            .withColumnRenamed(Table.ROW_HASH, STORED_HASH)
            .withColumnRenamed(Table.IS_DELETED, STORED_DELETED)
            .select(
                Stream.concat(table.fullKey().stream(), Stream.of(STORED_HASH, STORED_DELETED))
                    .map(name -> col(name))
                    .toArray(Column[]::new));
    Column wasLive = not(coalesce(col(STORED_DELETED), lit(true)));
    Dataset<Row> compared =
        rows.withColumn(Table.ROW_HASH, RowHash.column(table.columnNames()))
            .withColumn("_given", lit(true))
            .join(known, key, complete ? "full" : "left")
            .withColumn(
                Table.IS_DELETED,
                coalesce(col(Table.IS_DELETED), lit(false)).or(col("_given").isNull()));
    Column changed = not(col(Table.ROW_HASH).eqNullSafe(col(STORED_HASH))).or(not(wasLive));
    return emptied(table, compared.where(when(col(Table.IS_DELETED), wasLive).otherwise(changed)))
        .withColumn(Table.SEQUENCE, lit(null).cast("bigint"));
  }

  /** Empties the other columns of tombstones: a tombstone holds its key and nothing else. */
  private static Dataset<Row> emptied(Table table, Dataset<Row> rows) {
    Dataset<Row> emptied = rows;
    for (String name : table.columnNames()) {
      if (!table.key().contains(name)) {
        emptied = emptied.withColumn(name, when(not(col(Table.IS_DELETED)), col(name)));
      }
    }
    return emptied.withColumn(
        Table.ROW_HASH, when(not(col(Table.IS_DELETED)), col(Table.ROW_HASH)));
  }

  private ContentHash write(Table table, Dataset<Row> rows, LocalDate from) {
    Dataset<Row> output = rows.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      ContentHash content = OutputChecks.contentOfUnique(job, table, output);
      warehouse.replace(
          table, output.withColumn(Table.LOGICAL_DATE, lit(date)), from, date, Optional.empty());
      return content;
    } finally {
      output.unpersist();
    }
  }
}
