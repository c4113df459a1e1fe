package crm.app.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the models that were made, shows one, compares two. */
@Command(
    name = "models",
    description =
        "Show the models: how good each is beside a naive answer, and whether it is used.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  crm models",
      "  crm models customer_segments",
      "  crm models customer_segments --date 2026-11-08 --compare 2026-11-01"
    })
final class ModelsCommand implements Callable<Integer> {
  private static final List<String> LISTED =
      List.of("model", "logical_date", "algorithm", "fitted_on", "status", "grade", "refusal");
  private static final List<String> SHOWN =
      List.of("algorithm", "fitted_on", "seed", "status", "refusal", "grade", "settings");
  private static final List<String> TRACED =
      List.of("model_run_id", "run_id", "commit", "artefact_path", "artefact_sha256");

  private static final int MAX_COMPARED_WIDTH = 48;

  @Mixin private Workspace workspace;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description = "The model to show. Default: a list of the newest of each.")
  private String model;

  @Option(names = "--date", description = "The date it was made for. Default: the newest.")
  private LocalDate date;

  @Option(names = "--compare", description = "Another date, whose model to compare with.")
  private LocalDate other;

  @Option(names = "--all", description = "List every date, not only the newest.")
  private boolean all;

  @Override
  public Integer call() {
    if (model == null) {
      list();
    } else if (other == null) {
      show(one(date));
    } else {
      compare(one(date), one(other));
    }
    return ExitCode.OK.value();
  }

  /** Selects the newest run of each model and date, newest date first. */
  private List<Row> made(Dataset<Row> runs) {
    Map<String, Row> newest = new TreeMap<>();
    runs.collectAsList().stream()
        .sorted(Comparator.comparing((Row run) -> run.<Timestamp>getAs("recorded_at")))
        .forEach(run -> newest.put(text(run, "model") + " " + text(run, "logical_date"), run));
    return newest.values().stream()
        .sorted(
            Comparator.comparing((Row run) -> text(run, "model"))
                .thenComparing(run -> text(run, "logical_date"), Comparator.reverseOrder()))
        .toList();
  }

  private Dataset<Row> runs() {
    return workspace.warehouse().stored(OpsTables.MODEL_RUNS);
  }

  private void list() {
    Map<String, Row> listed = new LinkedHashMap<>();
    for (Row run : made(runs())) {
      listed.putIfAbsent(text(run, "model") + (all ? text(run, "logical_date") : ""), run);
    }
    List<List<String>> lines = new ArrayList<>(List.of(LISTED));
    listed
        .values()
        .forEach(run -> lines.add(LISTED.stream().map(name -> text(run, name)).toList()));
    Rows.table(lines);
  }

  private Row one(LocalDate wanted) {
    Dataset<Row> ofModel = runs().where(col("model").equalTo(model));
    return made(wanted == null ? ofModel : ofModel.where(col("logical_date").equalTo(lit(wanted))))
        .stream()
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "No model '%s' was made%s. See which were: crm models --all",
                    model, wanted == null ? "" : " for " + wanted));
  }

  private static void show(Row run) {
    List<String> facts = new ArrayList<>(List.of("model", "logical_date"));
    facts.addAll(SHOWN);
    facts.addAll(TRACED);
    List<List<String>> lines = new ArrayList<>();
    facts.forEach(name -> lines.add(List.of(name, text(run, name))));
    lines.removeIf(line -> line.get(1).isEmpty());
    Rows.table(lines);
    print(run, "Parameters", "parameters", "name", "value");
    print(
        run,
        "How good it is, beside the naive answer",
        "metrics",
        "name",
        "value",
        "better",
        "baseline");
    print(
        run,
        "Drift since it was fitted (PSI; above 0.25 another population)",
        "drift",
        "feature",
        "psi");
    print(run, "Made of", "reads", "table", "source", "rows");
  }

  private static void print(Row run, String title, String list, String... columns) {
    List<List<String>> lines = new ArrayList<>(List.of(List.of(columns)));
    for (Row row : run.<Row>getList(run.fieldIndex(list))) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add(text(row, column));
      }
      lines.add(cells);
    }
    if (lines.size() > 1) {
      System.out.println("\n" + title);
      Rows.table(lines);
    }
  }

  /** Prints what is recorded of both, side by side, and marks differences. */
  private static void compare(Row one, Row another) {
    Map<String, String> left = facts(one);
    Map<String, String> right = facts(another);
    Map<String, String> names = new LinkedHashMap<>(left);
    names.putAll(right);
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("", text(one, "logical_date"), text(another, "logical_date"), ""));
    for (String name : names.keySet()) {
      String before = left.getOrDefault(name, "");
      String after = right.getOrDefault(name, "");
      lines.add(
          List.of(
              name, shortened(before), shortened(after), before.equals(after) ? "" : "differs"));
    }
    Rows.table(lines);
  }

  /** Two of them have room beside each other. */
  private static String shortened(String text) {
    return text.length() <= MAX_COMPARED_WIDTH
        ? text
        : text.substring(0, MAX_COMPARED_WIDTH - 1) + "…";
  }

  private static Map<String, String> facts(Row run) {
    Map<String, String> facts = new LinkedHashMap<>();
    SHOWN.forEach(name -> facts.put(name, text(run, name)));
    add(facts, run, "parameters", "name", "value");
    add(facts, run, "metrics", "name", "value");
    add(facts, run, "drift", "feature", "psi");
    return facts;
  }

  private static void add(
      Map<String, String> facts, Row run, String list, String name, String value) {
    run.<Row>getList(run.fieldIndex(list))
        .forEach(row -> facts.put(list + " " + text(row, name), text(row, value)));
  }

  private static String text(Row row, String column) {
    Object value = row.getAs(column);
    return value == null
        ? ""
        : value instanceof Double number
            ? String.format(Locale.ROOT, "%.6g", number)
            : String.valueOf(value);
  }
}
