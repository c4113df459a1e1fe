package crm.engine.history;

import crm.engine.history.JobRun.DatedPart;
import crm.engine.history.JobRun.Part;
import crm.engine.history.JobRun.Status;
import crm.engine.store.ContentHash;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** A run as a row of {@code ops.job_runs}. */
final class JobRunRow {
  private JobRunRow() {}

  /** Makes the row of a run. */
  static Row of(JobRun run) {
    return RowFactory.create(
        run.runId(),
        run.pipelineRun().orElse(null),
        run.job(),
        Date.valueOf(run.logicalDate()),
        run.status().name().toLowerCase(Locale.ROOT),
        run.exitCode().orElse(null),
        run.mode().orElse(null),
        run.version().orElse(null),
        run.settingsHash(),
        run.commit(),
        Timestamp.from(run.startedAt()),
        run.seconds(),
        run.reads().values().stream().mapToLong(ContentHash::rows).sum(),
        run.rowsOut(),
        run.rejected(),
        run.reads().entrySet().stream()
            .map(read -> RowFactory.create(cells(read.getKey(), read.getValue())))
            .toArray(),
        run.writes().entrySet().stream()
            .map(
                write -> {
                  List<Object> cells =
                      new ArrayList<>(List.of(cells(write.getKey().part(), write.getValue())));
                  cells.add(Date.valueOf(write.getKey().logicalDate()));
                  return RowFactory.create(cells.toArray());
                })
            .toArray(),
        run.message().orElse(null));
  }

  /** Returns what a part of a table held, as the fields of {@code reads} and {@code writes}. */
  static Object[] cells(Part part, ContentHash hash) {
    return new Object[] {part.table(), part.source(), hash.rows(), hash.low(), hash.high()};
  }

  /** Reads the run of a row. */
  static JobRun read(Row row) {
    return new JobRun(
        row.getAs("run_id"),
        Optional.ofNullable(row.getAs("pipeline_run")),
        row.getAs("job"),
        row.<Date>getAs("logical_date").toLocalDate(),
        Status.valueOf(row.<String>getAs("status").toUpperCase(Locale.ROOT)),
        Optional.ofNullable(row.getAs("exit_code")),
        Optional.ofNullable(row.getAs("mode")),
        Optional.ofNullable(row.getAs("version")),
        row.getAs("settings_hash"),
        row.getAs("commit"),
        row.<Timestamp>getAs("started_at").toInstant(),
        row.<Double>getAs("seconds"),
        row.<Long>getAs("rows_out"),
        row.<Long>getAs("rejected"),
        row.<Row>getList(row.fieldIndex("reads")).stream()
            .collect(Collectors.toMap(JobRunRow::part, JobRunRow::hash)),
        row.<Row>getList(row.fieldIndex("writes")).stream()
            .collect(
                Collectors.toMap(
                    write ->
                        new DatedPart(part(write), write.<Date>getAs("logical_date").toLocalDate()),
                    JobRunRow::hash)),
        Optional.ofNullable(row.getAs("message")));
  }

  private static Part part(Row row) {
    return new Part(row.getAs("table"), row.getAs("source"));
  }

  private static ContentHash hash(Row row) {
    return new ContentHash(
        row.<Long>getAs("rows"), row.<Long>getAs("hash_low"), row.<Long>getAs("hash_high"));
  }
}
