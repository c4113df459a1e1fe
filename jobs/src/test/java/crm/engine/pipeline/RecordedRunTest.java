package crm.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.engine.run.JobRunner;
import crm.engine.schedule.TaskState;
import crm.engine.store.Published;
import crm.engine.store.Warehouse;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.UserError;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind is enough to go on with it. */
class RecordedRunTest {
  private static final LocalDate DAY = LocalDate.of(2026, 5, 1);
  private static final String RUN = "scheduled__2026-05-02T03:00:00+00:00";

  @TempDir Path home;

  @Test
  void tasksAreRecalledAndReadersSeeNothingBeforeTheLastOne() {
    Workbench bench =
        Workbench.ofSource(
                home,
                """
                source = shop
                feeds.people {
                  files = "people_{date}.csv"
                  format { type = delimited }
                  tables.customers.columns { customer_id = id }
                }
                """)
            .land("people_2026-05-01.csv", "id\nA\nB\n");
    Pipeline pipeline = new Pipeline(bench.graph(), bench.settings().pipeline());
    assertThat(run(bench, "load_shop_customers")).isEqualTo(ExitCode.OK);
    assertThat(run(bench, "customer_rfm")).isEqualTo(ExitCode.RETRYABLE);
    assertThat(published(bench.warehouse())).isEmpty();

    PipelineRun run = PastRuns.of(pipeline, bench.warehouse()).named(RUN);
    assertThat(run.logicalDate()).isEqualTo(DAY);
    assertThat(run.state(pipeline.task("load_shop_customers"))).isEqualTo(TaskState.SUCCESS);
    assertThat(run.state(pipeline.task("customer_rfm"))).isEqualTo(TaskState.UP_FOR_RETRY);
    assertThat(run.state(pipeline.task("customer_360"))).isEqualTo(TaskState.NONE);

    assertThatThrownBy(
            () ->
                publish(
                    bench,
                    () -> {
                      throw UserError.gate("The copies are not equal.");
                    }))
        .hasMessage("The copies are not equal.");
    run = PastRuns.of(pipeline, bench.warehouse()).named(RUN);
    assertThat(run.state(pipeline.task("publish"))).isEqualTo(TaskState.FAILED);
    publish(bench, () -> {});
    assertThat(published(bench.warehouse())).isPresent();
  }

  private static ExitCode run(Workbench bench, String job) {
    return bench.runner().within(RUN).run(bench.graph().select(List.of(job)), DAY, DAY);
  }

  private static void publish(Workbench bench, Runnable effects) {
    JobRunner runner = bench.runner().within(RUN);
    runner.publication().publish(Pipeline.PUBLISH, DAY, effects);
  }

  private static Optional<Published> published(Warehouse warehouse) {
    return Published.read(warehouse.root(), warehouse.spark().sparkContext().hadoopConfiguration());
  }
}
