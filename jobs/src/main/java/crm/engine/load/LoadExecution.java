package crm.engine.load;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.engine.history.JobInputs;
import crm.engine.store.ContentHash;
import crm.engine.store.LandingFile;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.ingest.Records;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.OutcomeCounts;
import crm.warehouse.tables.ops.OpsTables;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/** Reads, counts, checks and writes the records of one ingestion for a range of dates. */
final class LoadExecution {
  private static final String OTHER_DAY = "other_day";
  private static final List<String> OUTCOMES =
      List.of(
          "accepted",
          "rejected",
          "duplicate",
          "unchanged",
          "collapsed",
          "filtered",
          "suppressed",
          OTHER_DAY,
          "tombstone");

  private final Warehouse warehouse;
  private final LoadTable job;
  private final String runId;
  private final LocalDate from;
  private final LocalDate to;
  private final Map<FileDay, Row> fileLoads = new LinkedHashMap<>();

  private record FileDay(String file, LocalDate date) {}

  /**
   * What was loaded.
   *
   * @param contents rows written per date, for every date of the range
   * @param rejected rejected records per date
   * @param recordsIn records read of these dates
   */
  record Loaded(
      Map<LocalDate, ContentHash> contents, Map<LocalDate, Long> rejected, long recordsIn) {
    static final Loaded NOTHING = new Loaded(Map.of(), Map.of(), 0);
  }

  /**
   * @param from the first date of the run, which may load its dates in several steps
   * @param to its last
   */
  LoadExecution(Warehouse warehouse, LoadTable job, String runId, LocalDate from, LocalDate to) {
    this.warehouse = warehouse;
    this.job = job;
    this.runId = runId;
    this.from = from;
    this.to = to;
  }

  /** The rows of {@code ops.file_loads} so far, also of loads that were stopped. */
  Collection<Row> fileLoads() {
    return fileLoads.values();
  }

  /**
   * Loads the files.
   *
   * @param first the first date of this step
   * @param last its last
   * @throws UserError if the records are too bad; then only rejected rows are written
   */
  Loaded load(JobInputs inputs, List<LandingFile> files, LocalDate first, LocalDate last) {
    Dataset<Row> records =
        job.classify(inputs, first, last).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Row> counted = countOutcomes(records);
      NavigableMap<LocalDate, OutcomeCounts> counts = new TreeMap<>();
      Map<LocalDate, ContentHash> contents = new TreeMap<>();
      Map<LocalDate, Long> rejected = new HashMap<>();
      long unreadable = 0;
      for (Row row : counted) {
        LocalDate date = row.<Date>getAs(Table.LOGICAL_DATE).toLocalDate();
        OutcomeCounts count = counts(row);
        counts.merge(date, count, OutcomeCounts::plus);
        unreadable += row.<Long>getAs("unreadable");
        note(row.getAs(Records.FILE), date, count);
        if (count.otherDay() == 0) {
          contents.merge(
              date,
              new ContentHash(
                  row.<Long>getAs("rows"),
                  row.<Long>getAs("hash_low"),
                  row.<Long>getAs("hash_high")),
              ContentHash::plus);
          rejected.merge(date, count.rejected(), Long::sum);
        }
      }
      addFilesWithoutRecords(files, counted);
      if (rejected.values().stream().anyMatch(n -> n > 0)) {
        writeRejected(records);
      }
      if (unreadable > 0) {
        throw UserError.gate(
            "%d files of %s end too early, are damaged, or decompress to more than data can be, so nothing"
                + " was written. See which: crm rejected --job %s. Ask the source for them again,"
                + " then run again.",
            unreadable, job.name(), job.name());
      }
      job.limits().requireDay(last, counts.navigableKeySet());
      counts.forEach(job.limits()::requireGoodCounts);
      warehouse.replace(
          job.target(),
          records.where(col(Records.OUTCOME).isInCollection(Records.STORED_OUTCOMES)),
          first,
          last,
          Optional.of(job.source()));
      first
          .datesUntil(last.plusDays(1))
          .forEach(date -> contents.putIfAbsent(date, ContentHash.EMPTY));
      return new Loaded(
          contents, rejected, counts.values().stream().mapToLong(OutcomeCounts::ofItsDays).sum());
    } finally {
      records.unpersist();
    }
  }

  /** One row per file and date: a count for each outcome, and the sums of the content hash. */
  private List<Row> countOutcomes(Dataset<Row> records) {
    List<Column> aggregates = new ArrayList<>();
    for (String outcome : OUTCOMES) {
      aggregates.add(count(when(col(Records.OUTCOME).equalTo(outcome), lit(1))).as(outcome));
    }
    aggregates.add(
        count(when(col(Records.REASON).equalTo("unreadable_file"), lit(1))).as("unreadable"));
    aggregates.addAll(
        Arrays.asList(
            ContentHash.sums(
                job.target(), col(Records.OUTCOME).isInCollection(Records.STORED_OUTCOMES))));
    return records
        .groupBy(Records.FILE, Table.LOGICAL_DATE)
        .agg(aggregates.get(0), aggregates.subList(1, aggregates.size()).toArray(Column[]::new))
        .collectAsList();
  }

  private static OutcomeCounts counts(Row row) {
    return new OutcomeCounts(
        row.<Long>getAs("accepted"),
        row.<Long>getAs("rejected"),
        row.<Long>getAs("duplicate"),
        row.<Long>getAs("unchanged"),
        row.<Long>getAs("collapsed"),
        row.<Long>getAs("filtered"),
        row.<Long>getAs("suppressed"),
        row.<Long>getAs(OTHER_DAY),
        row.<Long>getAs("tombstone"));
  }

  private void addFilesWithoutRecords(List<LandingFile> files, List<Row> counted) {
    List<String> withRecords =
        counted.stream().map(row -> row.<String>getAs(Records.FILE)).toList();
    for (LandingFile file : files) {
      if (!withRecords.contains(file.path())) {
        note(file.path(), file.logicalDate(), OutcomeCounts.NONE);
      }
    }
  }

  /** Of several steps one reads a date, and the others pass its records over. */
  private void note(String file, LocalDate date, OutcomeCounts counts) {
    boolean passedOver = counts.otherDay() > 0 && !date.isBefore(from) && !date.isAfter(to);
    if (!passedOver) {
      fileLoads.put(new FileDay(file, date), fileLoad(file, date, counts));
    }
  }

  private Row fileLoad(String file, LocalDate date, OutcomeCounts counts) {
    return RowFactory.create(
        runId,
        job.name(),
        job.source(),
        job.target().qualifiedName(),
        file,
        Date.valueOf(date),
        counts.recordsIn(),
        counts.accepted(),
        counts.rejected(),
        counts.duplicates(),
        counts.unchanged(),
        counts.collapsed(),
        counts.filtered(),
        counts.suppressed(),
        counts.otherDay(),
        counts.tombstones());
  }

  private void writeRejected(Dataset<Row> records) {
    warehouse.append(
        OpsTables.REJECTED_ROWS,
        records
            .where(col(Records.OUTCOME).equalTo("rejected"))
            .select(
                lit(runId).as("run_id"),
                lit(job.name()).as("job"),
                lit(job.source()).as("source"),
                lit(job.target().qualifiedName()).as("table"),
                col(Table.LOGICAL_DATE),
                col(Records.FILE).as("file"),
                col(Records.RECORD).as("record_number"),
                col(Records.REASON_COLUMN).as("column"),
                functions.coalesce(col(Records.REASON), lit("unknown")).as("reason"),
                col(Records.RAW).as("raw_record")));
  }
}
