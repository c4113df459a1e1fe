package crm.engine.load;

import static java.util.stream.Collectors.toSet;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.engine.history.JobInputs;
import crm.engine.store.ContentHash;
import crm.engine.store.KeptRows;
import crm.engine.store.LandingFile;
import crm.engine.store.ShuffledRows;
import crm.engine.store.Warehouse;
import crm.ingest.LoadTable;
import crm.ingest.Records;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.job.OutcomeCounts;
import crm.warehouse.tables.ops.OpsTables;
import java.sql.Date;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/** Reads, counts, checks and writes the records of one ingestion for a range of dates. */
final class LoadExecution {
  /** In the order of {@link OutcomeCounts}. */
  private static final List<String> OUTCOMES =
      List.of(
          "accepted",
          "rejected",
          "duplicate",
          "unchanged",
          "collapsed",
          "filtered",
          "suppressed",
          "other_day",
          "tombstone");

  /** Delivered bytes that one task decides and writes: some millions of records. */
  private static final long BYTES_OF_A_PART = 512L << 20;

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
    try (KeptRows kept = new KeptRows(warehouse.spark())) {
      Dataset<Row> read = job.read(inputs, first, last, parts(files));
      Dataset<Row> records =
          job.decidesDaysApart()
              ? job.decided(
                  inputs, ShuffledRows.by(read, Table.LOGICAL_MONTH, LoadTable.PART), first)
              : kept.keep(job.decided(inputs, read, first));
      Map<FileDay, OutcomeCounts> counted = new HashMap<>();
      Map<LocalDate, ContentHash> contents = new TreeMap<>();
      long unreadable = 0;
      for (Row row : countOutcomes(records)) {
        LocalDate date = row.<Date>getAs(Table.LOGICAL_DATE).toLocalDate();
        counted.merge(new FileDay(row.getAs(Records.FILE), date), counts(row), OutcomeCounts::plus);
        contents.merge(
            date,
            new ContentHash(
                row.<Long>getAs("rows"), row.<Long>getAs("hash_low"), row.<Long>getAs("hash_high")),
            ContentHash::plus);
        unreadable += row.<Long>getAs("unreadable");
      }
      contents.keySet().removeIf(date -> date.isBefore(first) || date.isAfter(last));
      NavigableMap<LocalDate, OutcomeCounts> counts = new TreeMap<>();
      Map<LocalDate, Long> rejected = new HashMap<>();
      counted.forEach(
          (of, count) -> {
            counts.merge(of.date(), count, OutcomeCounts::plus);
            note(of, count);
            if (count.otherDay() == 0) {
              rejected.merge(of.date(), count.rejected(), Long::sum);
            }
          });
      addFilesWithoutRecords(files, counted.keySet());
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
      Dataset<Row> rows =
          records
              .where(col(Records.OUTCOME).isInCollection(Records.STORED_OUTCOMES))
              .select(Warehouse.columns(job.target()));
      if (job.decidesDaysApart()) {
        warehouse.replaceArranged(job.target(), rows, first, last, Optional.of(job.source()));
      } else {
        warehouse.replace(job.target(), rows, first, last, Optional.of(job.source()));
      }
      first
          .datesUntil(last.plusDays(1))
          .forEach(date -> contents.putIfAbsent(date, ContentHash.EMPTY));
      return new Loaded(
          contents, rejected, counts.values().stream().mapToLong(OutcomeCounts::ofItsDays).sum());
    }
  }

  /** As many parts of a month as keep tasks and files at a good size. */
  private static int parts(List<LandingFile> files) {
    long bytes = files.stream().mapToLong(LandingFile::sizeBytes).sum();
    long months = files.stream().map(file -> YearMonth.from(file.logicalDate())).distinct().count();
    return Math.toIntExact(1 + bytes / months / BYTES_OF_A_PART);
  }

  /** One row per file, date and outcome: how many records, and the sums of the content hash. */
  private List<Row> countOutcomes(Dataset<Row> records) {
    return records
        .groupBy(Records.FILE, Table.LOGICAL_DATE, Records.OUTCOME)
        .agg(
            count(lit(1)).as("records"),
            Stream.concat(
                    Stream.of(
                        count(when(col(Records.REASON).equalTo("unreadable_file"), lit(1)))
                            .as("unreadable")),
                    Stream.of(
                        ContentHash.sums(
                            job.target(),
                            col(Records.OUTCOME).isInCollection(Records.STORED_OUTCOMES))))
                .toArray(Column[]::new))
        .collectAsList();
  }

  private static OutcomeCounts counts(Row row) {
    long[] counts = new long[OUTCOMES.size()];
    counts[OUTCOMES.indexOf(row.<String>getAs(Records.OUTCOME))] = row.<Long>getAs("records");
    return new OutcomeCounts(
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7],
        counts[8]);
  }

  private void addFilesWithoutRecords(List<LandingFile> files, Set<FileDay> counted) {
    Set<String> withRecords = counted.stream().map(FileDay::file).collect(toSet());
    for (LandingFile file : files) {
      if (!withRecords.contains(file.path())) {
        note(new FileDay(file.path(), file.logicalDate()), OutcomeCounts.NONE);
      }
    }
  }

  /** Of several steps one reads a date, and the others pass its records over. */
  private void note(FileDay of, OutcomeCounts counts) {
    boolean passedOver =
        counts.otherDay() > 0 && !of.date().isBefore(from) && !of.date().isAfter(to);
    if (!passedOver) {
      fileLoads.put(of, fileLoad(of.file(), of.date(), counts));
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
