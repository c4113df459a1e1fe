package crm.engine.run;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.store.Warehouse;
import crm.testing.Printed;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.ExitCode;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.Job;
import crm.warehouse.job.ModelRun;
import crm.warehouse.job.Outputs;
import crm.warehouse.tables.ops.OpsTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a model's results, and of who reads them, when a day's model is no good. */
class RefusedModelTest {
  private static final LocalDate D1 = LocalDate.of(2026, 3, 1);
  private static final LocalDate D2 = D1.plusDays(1);
  private static final LocalDate D3 = D1.plusDays(2);

  private static final Table SCORES =
      Table.curated("scores", Kind.SNAPSHOT)
          .grain("thing")
          .column("thing", DataTypes.StringType, "Name.")
          .column("remembered", DataTypes.StringType, "Artefact of the model before.")
          .key("thing")
          .modelOutput()
          .build();

  private static final Table READ =
      Table.curated("read_scores", Kind.SNAPSHOT)
          .grain("thing")
          .column("thing", DataTypes.StringType, "Name.")
          .column("remembered", DataTypes.StringType, "As read.")
          .column("scored_on", DataTypes.DateType, "The date of the scores.")
          .key("thing")
          .build();

  private static final StructType SCORED =
      new StructType().add("thing", DataTypes.StringType).add("remembered", DataTypes.StringType);

  private static final Transformer AS_IT_IS =
      new SQLTransformer().setStatement("SELECT *, 1 AS score FROM __THIS__");

  /** What a day's model is to be. */
  private enum Day {
    GOOD,
    GOOD_AND_EMPTY,
    REFUSED
  }

  /** A model that remembers the one before; each day is as told. */
  private record Scores(Map<LocalDate, Day> days) implements Job {
    @Override
    public String name() {
      return "scores";
    }

    @Override
    public List<Table> reads() {
      return List.of(SCORES);
    }

    @Override
    public List<Table> writes() {
      return List.of(SCORES);
    }

    @Override
    public Outputs run(Inputs in, LocalDate date) {
      String before = in.previous(SCORES).flatMap(Inputs.Previous::artefact).orElse("none");
      Day day = days.get(date);
      ModelRun model =
          new ModelRun(
              "scores",
              date,
              "telling",
              date,
              OptionalLong.empty(),
              Map.of(),
              List.of(ModelRun.Metric.of("error", 2, ModelRun.Direction.MINIMIZE, 1)),
              List.of(new ModelRun.Drift("size", 0.5)),
              ModelRun.Grade.D,
              day == Day.REFUSED ? Optional.of("error 2 is above 1") : Optional.empty(),
              "{\"made\":\"" + date + "\"}");
      List<Row> rows = day == Day.GOOD ? List.of(RowFactory.create("A", before)) : List.<Row>of();
      return day == Day.REFUSED
          ? Outputs.refused(model)
          : Outputs.of(SCORES, Sessions.small().createDataFrame(rows, SCORED))
              .by(model)
              .with(Optional.of(new PipelineModel("scores", List.of(AS_IT_IS))));
    }

    @Override
    public String toString() {
      return "Scores";
    }
  }

  private record ReadScores() implements Job {
    @Override
    public String name() {
      return "read_scores";
    }

    @Override
    public List<Table> reads() {
      return List.of(SCORES);
    }

    @Override
    public List<Table> writes() {
      return List.of(READ);
    }

    @Override
    public Outputs run(Inputs in, LocalDate date) {
      return Outputs.of(
          READ,
          in.get(SCORES)
              .select(col("thing"), col("remembered"), col(Table.LOGICAL_DATE).as("scored_on")));
    }
  }

  @TempDir private Path folder;
  private final Map<LocalDate, Day> days = new HashMap<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Job scores = new Scores(days);
  private final Job reader = new ReadScores();

  private JobRunner runner() {
    return new JobRunner(
        warehouse(),
        new JobGraph(List.of(scores, reader)),
        folder.resolve("landing").toString(),
        new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), false),
        "test",
        false,
        1,
        0);
  }

  private Warehouse warehouse() {
    return new Warehouse(Sessions.small(), folder.resolve("warehouse").toString());
  }

  private ExitCode run(LocalDate date, Day day) {
    days.put(date, day);
    return runner().run(List.of(scores, reader), date, date);
  }

  private List<String> stored(Table table, String... columns) {
    return RowLines.sorted(warehouse().stored(table).selectExpr(columns));
  }

  private String read(LocalDate date) {
    return String.join(
        "; ",
        RowLines.sorted(
            warehouse()
                .stored(READ)
                .where(col(Table.LOGICAL_DATE).equalTo(lit(date)))
                .select("remembered", "scored_on")));
  }

  private String models(String... arguments) {
    List<String> command = new ArrayList<>(List.of("models", "--home", folder.toString()));
    command.addAll(List.of(arguments));
    return Printed.by(command.toArray(String[]::new));
  }

  @Test
  void aRefusedModelLeavesYesterdaysRowsInPlaceAndSaysSo() {
    run(D1, Day.GOOD);
    assertThat(run(D2, Day.REFUSED)).isEqualTo(ExitCode.OK);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("model refused: error 2 is above 1");
    assertThat(stored(SCORES, "logical_date")).containsExactly(D1.toString());
    assertThat(read(D2)).isEqualTo("none|" + D1);
    assertThat(stored(OpsTables.MODEL_RUNS, "logical_date", "status", "refusal"))
        .containsExactly(D1 + "|published|null", D2 + "|refused|error 2 is above 1");
    assertThat(models()).contains("2026-03-02", "refused", "D", "error 2 is above 1");
    assertThat(models("scores")).containsPattern("error +2.00000 +lower +1.00000");
    assertThat(models("scores", "--date", "2026-03-01", "--compare", "2026-03-02"))
        .containsPattern("status +published +refused +differs")
        .containsPattern("metrics error +2.00000 +2.00000\n");
    run(D3, Day.GOOD);
    assertThat(read(D3)).as("the model before is the accepted one").contains("2026-03-01");
  }

  /**
   * Nobody goes on with the rows that the date held before; of a result without rows, with none.
   */
  @Test
  void aDateThatRunsAgainLosesWhatItHeld() {
    run(D1, Day.GOOD);
    run(D2, Day.GOOD);
    assertThat(read(D2)).endsWith("|" + D2);
    run(D2, Day.REFUSED);
    assertThat(read(D2)).isEqualTo("none|" + D1);
    assertThat(stored(SCORES, "logical_date")).containsExactly(D1.toString());
    run(D2, Day.GOOD_AND_EMPTY);
    assertThat(read(D2)).isEmpty();
  }

  @Test
  void aResultServesNinetyDaysAndNoLonger() {
    run(D1, Day.GOOD);
    run(D1.plusDays(90), Day.REFUSED);
    assertThat(read(D1.plusDays(90))).isEqualTo("none|" + D1);
    run(D1.plusDays(91), Day.REFUSED);
    assertThat(read(D1.plusDays(91))).isEmpty();
  }

  /** The model of the 2nd remembers that of the 1st, and the reader of the 3rd reads the 2nd's. */
  @Test
  void whatWasMadeWithAnEarlierModelIsStaleWhenThatOneChanges() {
    run(D1, Day.GOOD_AND_EMPTY);
    run(D2, Day.GOOD);
    run(D3, Day.REFUSED);
    assertThat(runner().status().stale()).isEmpty();
    days.put(D1, Day.GOOD);
    runner().run(List.of(scores), D1, D1);
    assertThat(runner().status().stale()).containsKeys("scores " + D2, "read_scores " + D1);
    runner().runStale(List.of(scores, reader));
    assertThat(runner().status().stale()).isEmpty();
    assertThat(read(D3)).isEqualTo("{\"made\":\"2026-03-01\"}|" + D2);
  }

  @Test
  void aModelOfMllibIsSavedBesideTheArtefactAndOnceForAllItsRuns() throws IOException {
    run(D1, Day.GOOD);
    run(D2, Day.REFUSED);
    List<String> saved =
        stored(
            OpsTables.MODEL_RUNS,
            "map_from_entries(parameters)['mllib_path']",
            "artefact_sha256",
            "map_from_entries(parameters)['mllib_data_sha256'] RLIKE '[0-9a-f]{64}'");
    assertThat(saved).hasSize(2).anyMatch(line -> line.startsWith("null|"));
    String[] first =
        saved.stream().filter(line -> line.endsWith("|true")).findFirst().get().split("[|]");
    assertThat(first[0]).isEqualTo("_models/scores/%s.mllib".formatted(first[1].substring(0, 12)));
    Path model = folder.resolve("warehouse").resolve(first[0]);
    assertThat(
            PipelineModel.load(model.toString())
                .transform(warehouse().stored(SCORES))
                .select("thing", "score")
                .collectAsList())
        .containsExactly(RowFactory.create("A", 1));
    FileTime written = Files.getLastModifiedTime(model.resolve("metadata/_SUCCESS"));
    run(D1, Day.GOOD);
    assertThat(Files.getLastModifiedTime(model.resolve("metadata/_SUCCESS"))).isEqualTo(written);
    // As where the machine stopped while it was written.
    Files.delete(Path.of(model + ".sha256"));
    Files.delete(model.resolve("metadata/_SUCCESS"));
    run(D1, Day.GOOD);
    assertThat(model.resolve("metadata/_SUCCESS")).exists();
  }

  @Test
  void aSavedModelThatWasChangedIsNotUsed() throws IOException {
    run(D1, Day.GOOD);
    try (Stream<Path> files = Files.list(folder.resolve("warehouse/_models/scores"))) {
      Path model = files.filter(file -> file.toString().endsWith(".json")).findFirst().get();
      Files.writeString(model, "{\"made\":\"elsewhere\"}");
    }
    assertThat(run(D2, Day.GOOD)).isEqualTo(ExitCode.USAGE);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("was changed after it was saved");
  }
}
