package crm.warehouse.tables.ops;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import crm.warehouse.Table;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What ran, on what, with which result. */
public final class OpsTables {
  private OpsTables() {}

  private static final StructType READ =
      new StructType()
          .add("table", StringType)
          .add("source", StringType)
          .add("rows", LongType)
          .add("hash_low", LongType)
          .add("hash_high", LongType);

  private static final StructType WRITE = READ.add(Table.LOGICAL_DATE, DateType);

  public static final Table FILES =
      Table.ops("files")
          .grain("observation of a landing file; the newest of a path is its state")
          .required("run_id", StringType, "Run that looked.")
          .required("source", StringType, "Source system that delivered it.")
          .required("feed", StringType, "Feed of the source.")
          .required("path", StringType, "Path below the landing folder.")
          .required("size_bytes", LongType, "Size as stored.")
          .required("sha256", StringType, "SHA-256 of the bytes as stored, hex.")
          .column("logical_date", DateType, "The day the file belongs to.")
          .required("state", StringType, "accepted, or duplicate of a file that is accepted.")
          .required("seen_at", TimestampType, "When, UTC.")
          .build();

  public static final Table FILE_LOADS =
      Table.ops("file_loads")
          .grain("file, table and run: what became of the file's records")
          .required("run_id", StringType, "Run that read the file.")
          .required("job", StringType, "Ingestion that read it.")
          .required("source", StringType, "Source system.")
          .required("table", StringType, "Table the records were for.")
          .column("file", StringType, "Path below the landing folder; NULL for tombstones alone.")
          .required("logical_date", DateType, "The day the records belong to.")
          .required("records_in", LongType, "Records read.")
          .required("accepted", LongType, "Records that became a row.")
          .required("rejected", LongType, "Records kept in ops.rejected_rows with a reason.")
          .required("duplicates", LongType, "Records equal in key and content to one delivered.")
          .required("unchanged", LongType, "Records of a full dump that say what is stored.")
          .required("collapsed", LongType, "Records older than another of their key and day.")
          .required("filtered", LongType, "Records the source's where clause leaves out.")
          .required("suppressed", LongType, "Records of a person who was erased.")
          .column("other_day", LongType, "Records of a day that this run did not load; NULL is 0.")
          .required(
              "tombstones", LongType, "Rows for keys a full dump no longer holds; no records.")
          .check(
              "conservation",
              "records_in = accepted + rejected + duplicates + unchanged + collapsed + filtered"
                  + " + suppressed + coalesce(other_day, 0)")
          .build();

  public static final Table REJECTED_ROWS =
      Table.ops("rejected_rows")
          .grain("record that did not become a row, and why")
          .required("run_id", StringType, "Run that rejected it.")
          .required("job", StringType, "Ingestion that rejected it.")
          .required("source", StringType, "Source system.")
          .required("table", StringType, "Table it was for.")
          .required("logical_date", DateType, "The day the record belongs to.")
          .required("file", StringType, "Path below the landing folder.")
          .required("record_number", LongType, "Position in the file; the first record is 1.")
          .column("column", StringType, "Column at fault, where one is.")
          .required("reason", StringType, "Why, as a code.")
          .personal(
              "raw_record", StringType, "The record as delivered; bytes that are no text as \\xNN.")
          .build();

  public static final Table JOB_RUNS =
      Table.ops("job_runs")
          .grain("job and logical date in one run")
          .required("run_id", StringType, "Run of the command.")
          .column("pipeline_run", StringType, "The scheduler's run it was part of.")
          .required("job", StringType, "Name of the job.")
          .required("logical_date", DateType, "Date it ran for.")
          .required(
              "status",
              StringType,
              "succeeded, empty, failed, skipped or gap_accepted (a load's, by a person).")
          .column("exit_code", IntegerType, "0, or what a scheduler concludes from.")
          .column("mode", StringType, "load, run (full recompute) or advance (the day's step).")
          .column("version", StringType, "Version of the job's logic.")
          .required("settings_hash", StringType, "Hash of the job's settings.")
          .required("commit", StringType, "Commit the program was built from.")
          .required("started_at", TimestampType, "When it started, UTC.")
          .required("seconds", DoubleType, "How long it took, wall clock.")
          .required("rows_in", LongType, "Rows of the tables read, as of the date.")
          .required("rows_out", LongType, "Rows written.")
          .required("rejected", LongType, "Records rejected.")
          .column("reads", DataTypes.createArrayType(READ), "Content read, per table and source.")
          .column("writes", DataTypes.createArrayType(WRITE), "Content written, per date.")
          .column("message", StringType, "Why it failed or was skipped; no record values.")
          .build();

  public static final Table MODEL_RUNS =
      Table.ops("model_runs")
          .grain("model made for a logical date in one run")
          .required("model_run_id", StringType, "Names the model in the rows made with it.")
          .required("run_id", StringType, "Run of the command.")
          .required("model", StringType, "Name of the model and of its job.")
          .required("logical_date", DateType, "Date it was made for.")
          .required("algorithm", StringType, "What kind of model, as in k-means.")
          .required("fitted_on", DateType, "The date whose data it was fitted to.")
          .column("seed", LongType, "What random numbers started from; NULL without any.")
          .required("status", StringType, "published, or refused: not used.")
          .column("refusal", StringType, "Why it is not used.")
          .required(
              "grade", StringType, "A to D: from far better than a naive answer to no better.")
          .column(
              "parameters",
              DataTypes.createArrayType(
                  new StructType().add("name", StringType).add("value", StringType)),
              "What was set and what was fitted.")
          .column(
              "metrics",
              DataTypes.createArrayType(
                  new StructType()
                      .add("name", StringType)
                      .add("value", DoubleType)
                      .add("better", StringType)
                      .add("baseline", DoubleType)),
              "How good it is; better is higher, lower, closer (to the baseline) or neither; the"
                  + " baseline is the naive answer's.")
          .column(
              "drift",
              DataTypes.createArrayType(
                  new StructType().add("feature", StringType).add("psi", DoubleType)),
              "Population stability index of each feature against the data it was fitted to.")
          .column("reads", DataTypes.createArrayType(READ), "Content read, per table and source.")
          .required("settings", StringType, "The job with its settings.")
          .required("commit", StringType, "Commit the program was built from.")
          .required("artefact_path", StringType, "The saved model, below the warehouse.")
          .required("artefact_sha256", StringType, "SHA-256 of the saved model, hex.")
          .required("recorded_at", TimestampType, "When, UTC.")
          .check("known_status", "status IN ('published', 'refused')")
          .build();

  public static final Table EXPORTS =
      Table.ops("exports")
          .grain("export of an audience that was asked for: what became of every matched customer")
          .required("export_id", StringType, "Names the export.")
          .required("run_id", StringType, "Published run whose tables the rule was asked of.")
          .required("audience", StringType, "Name of the audience.")
          .required("logical_date", DateType, "The date of customer_360 that was exported.")
          .required("destination", StringType, "Whose file layout, as in generic.")
          .required("purpose", StringType, "What the customers agreed to, as in marketing.")
          .required("channel", StringType, "How they are reached: email, phone or post.")
          .required(
              "status",
              StringType,
              "exported; unchanged: an earlier export has the same rows; too_small: fewer than"
                  + " minimum_size, so no file; refused: consents changed each time it was"
                  + " written, so no file.")
          .required("matched", LongType, "Customers the rule is true of.")
          .required("exported", LongType, "Customers in the file.")
          .required("deleted", LongType, "Left out: deleted since.")
          .required("no_consent", LongType, "Left out: never asked, or without an answer.")
          .required("denied", LongType, "Left out: said no.")
          .required("withdrawn", LongType, "Left out: said yes and took it back.")
          .required("no_contact", LongType, "Left out: no address on the channel.")
          .required("invalid_contact", LongType, "Left out: an address nothing can be sent to.")
          .required(
              "shared_address",
              LongType,
              "Left out: somebody else with this address did not agree; the strictest wins.")
          .required(
              "withheld", LongType, "Could have been exported; status says why they were not.")
          .required("minimum_size", LongType, "With fewer customers there is no file.")
          .column("consents_version", LongType, "Delta version of core.consents that was asked.")
          .column("contact_points_version", LongType, "Delta version of core.contact_points.")
          .column("customers_version", LongType, "Delta version of core.customers.")
          .required("definition_sha256", StringType, "SHA-256 of the audience's definition, hex.")
          .column("folder", StringType, "Folder below paths.exports; NULL without a file.")
          .required("exported_at", TimestampType, "When, UTC.")
          .check("known_status", "status IN ('exported', 'unchanged', 'too_small', 'refused')")
          .check(
              "conservation",
              "matched = exported + deleted + no_consent + denied + withdrawn + no_contact"
                  + " + invalid_contact + shared_address + withheld")
          .build();

  public static final List<Table> ALL =
      List.of(FILES, FILE_LOADS, REJECTED_ROWS, JOB_RUNS, MODEL_RUNS, EXPORTS);
}
