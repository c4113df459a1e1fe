package crm.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The committed DAG is that of the sample company. Regenerate it with {@code mvn test
 * -Dcrm.write-documents -Dtest=AirflowDagTest}. .ci/airflow runs it in a real Airflow.
 */
class AirflowDagTest {
  private static final Path COMMITTED =
      Path.of(System.getProperty("crm.project.dir")).resolve("conf/airflow/crm_daily.py");

  private final Pipeline pipeline = PipelineTest.sample(Map.of());
  private final AirflowDag dag = new AirflowDag(pipeline);

  @Test
  void theCommittedFileIsUpToDate() throws IOException {
    if (System.getProperty("crm.write-documents") != null) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, dag.text());
    }
    assertThat(COMMITTED)
        .as("run AirflowDagTest with -Dcrm.write-documents, as CONTRIBUTING.md says")
        .hasContent(dag.text());
  }

  @Test
  void theSameJobsAndSettingsGiveTheSameFile() {
    assertThat(new AirflowDag(PipelineTest.sample(Map.of())).text()).isEqualTo(dag.text());
  }

  /** As Airflow renders them, for the run of an interval. */
  @Test
  void argumentsAreThoseOfTheLocalRunner() {
    String run = "scheduled__2026-11-02T03:00:00+00:00";
    for (Pipeline form :
        List.of(pipeline, PipelineTest.sample(Map.of("pipeline.grouped", "true")))) {
      AirflowDag written = new AirflowDag(form);
      for (Task task : form.tasks()) {
        List<String> rendered =
            written.arguments(task).stream()
                .map(
                    argument ->
                        switch (argument) {
                          case "{{ params.date or (data_interval_start.in_timezone('UTC') | ds) }}" ->
                              "2026-11-01";
                          case "{{ run_id }}" -> run;
                          case "{{ var.value.get('crm_home', 'crm-home') }}" -> "crm-home";
                          default -> argument;
                        })
                .toList();
        assertThat(rendered).noneMatch(argument -> argument.contains("{{"));
        assertThat(rendered.subList(0, rendered.size() - 2))
            .isEqualTo(task.arguments("2026-11-01", run));
        assertThat(rendered).endsWith("--home", "crm-home");
        assertThat(written.text()).contains(Python.list(written.arguments(task)));
      }
    }
  }

  @Test
  void theDateIsReckonedInTheZoneOfTheSchedule() {
    Pipeline berlin = PipelineTest.sample(Map.of("pipeline.time-zone", "Europe/Berlin"));
    assertThat(new AirflowDag(berlin).text())
        .contains(
            "CronDataIntervalTimetable(\"0 3 * * *\", timezone=\"Europe/Berlin\")",
            "pendulum.datetime(2026, 1, 1, tz=\"Europe/Berlin\")",
            "data_interval_start.in_timezone('Europe/Berlin') | ds");
  }

  /** No value can end its literal. */
  @Test
  void valuesStayValues() {
    assertThat(Python.string("\"\"\"\n\\ {{ü}}\r😀"))
        .isEqualTo("\"\\\"\\\"\\\"\\n\\\\ {{\\u00fc}}\\u000d\\U0001f600\"");
  }

  @Test
  void itNamesNoMachineAndNoSecret() {
    assertThat(dag.text()).doesNotContain("password", "://127", System.getProperty("user.home"));
    assertThat(dag.text()).doesNotContainPattern("[\"'= ]/[a-z]+/");
  }
}
