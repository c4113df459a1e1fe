package crm.engine.pipeline;

import static java.util.stream.Collectors.joining;

import crm.engine.schedule.PipelineSettings;
import crm.engine.schedule.Retries;
import crm.engine.schedule.Stage;
import crm.warehouse.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipeline as a file for Airflow: the same text for the same jobs and settings, plain Python
 * that imports nothing of ours. What differs from machine to machine is read from Airflow's
 * variables when a task runs.
 */
public final class AirflowDag {
  /** A date that was asked for, or the day on which the interval starts. */
  private static final String DATE =
      "{{ params.date or (data_interval_start.in_timezone('%s') | ds) }}";

  private static final String RUN = "{{ run_id }}";
  private static final String HOME = "{{ var.value.get('crm_home', 'crm-home') }}";

  private final Pipeline pipeline;
  private final PipelineSettings settings;

  public AirflowDag(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.settings = pipeline.settings();
  }

  /** The arguments of a task, with templates for what differs from run to run. */
  List<String> arguments(Task task) {
    List<String> arguments =
        new ArrayList<>(task.arguments(DATE.formatted(settings.timetable().zone()), RUN));
    arguments.addAll(List.of("--home", HOME));
    return arguments;
  }

  /** The file. */
  public String text() {
    String body = settings.grouped() ? tasks(pipeline.tasks(), "    ") : stages();
    return head() + body + edges();
  }

  private String head() {
    Retries retries = settings.retries();
    return resource("dag.py.txt")
        .replace("@NAME@", Python.string(settings.name()))
        .replace("@DELTA@", settings.packages())
        .replace("@CRON@", Python.string(settings.cron()))
        .replace("@ZONE@", Python.string(settings.timetable().zone().getId()))
        .replace(
            "@START@",
            "%d, %d, %d"
                .formatted(
                    settings.startDate().getYear(),
                    settings.startDate().getMonthValue(),
                    settings.startDate().getDayOfMonth()))
        .replace("@CATCHUP@", Python.bool(settings.catchUp()))
        .replace("@RUNS@", String.valueOf(settings.maxActiveRuns()))
        .replace("@TASKS@", String.valueOf(settings.maxActiveTasks()))
        .replace("@RETRIES@", String.valueOf(retries.times()))
        .replace("@DELAY@", String.valueOf(retries.delay().toSeconds()))
        .replace("@BACKOFF@", retries.doubling() ? "TWICE" : "False")
        .replace("@LONGEST@", String.valueOf(retries.longest().toSeconds()))
        .replace("@CONNECTION@", Python.string(settings.connection()));
  }

  private String stages() {
    StringBuilder text = new StringBuilder();
    for (Stage stage : Stage.values()) {
      List<Task> tasks = pipeline.tasks().stream().filter(task -> task.stage() == stage).toList();
      if (stage == Stage.PUBLISH) {
        text.append(tasks(tasks, "    "));
      } else if (!tasks.isEmpty()) {
        text.append("    with TaskGroup(\"" + stage + "\", prefix_group_id=False):\n");
        text.append(tasks(tasks, "        "));
      }
    }
    return text.toString();
  }

  private String tasks(List<Task> tasks, String indent) {
    return tasks.stream().map(task -> task(task, indent)).collect(joining());
  }

  private String task(Task task, String indent) {
    List<String> lines = new ArrayList<>();
    lines.add("task_id=%s".formatted(Python.string(task.id())));
    lines.add("application_args=%s".formatted(Python.list(arguments(task))));
    lines.add("trigger_rule=%s".formatted(Python.string(task.rule().toString())));
    if (task.sequential()) {
      lines.add("depends_on_past=True");
    }
    PipelineSettings.Pool pool = settings.pools().get(task.stage());
    if (pool != null) {
      lines.add("pool=%s".formatted(Python.string(pool.name())));
    }
    if (task.stage() == Stage.PUBLISH) {
      lines.add(
          pipeline.tables().stream()
              .filter(table -> table.layer() == Layer.CURATED)
              .map(table -> "table(%s)".formatted(Python.string(table.qualifiedName())))
              .sorted()
              .collect(joining(", ", "outlets=[", "]")));
    }
    lines.add("doc_md=%s".formatted(Python.string(task.words())));
    return lines.stream()
        .map(line -> indent + "    " + line + ",\n")
        .collect(joining("", indent + reference(task.id()) + " = CrmSubmit(\n", indent + ")\n"));
  }

  private String edges() {
    StringBuilder text = new StringBuilder("\n");
    for (Task task : pipeline.tasks()) {
      if (!task.upstream().isEmpty()) {
        text.append(
            task.upstream().stream()
                .map(AirflowDag::reference)
                .collect(joining(", ", "    [", "] >> " + reference(task.id()) + "\n")));
      }
    }
    return text.toString();
  }

  private static String reference(String task) {
    return "tasks[" + Python.string(task) + "]";
  }

  private static String resource(String name) {
    try (InputStream in = AirflowDag.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
