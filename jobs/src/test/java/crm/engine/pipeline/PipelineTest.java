package crm.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import crm.app.settings.JobCatalog;
import crm.app.settings.Settings;
import crm.engine.files.StoragePath;
import crm.engine.run.JobGraph;
import crm.engine.schedule.Stage;
import crm.engine.schedule.TriggerRule;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The pipeline of the sample company. */
class PipelineTest {
  private static final Path PROJECT = Path.of(System.getProperty("crm.project.dir"));

  static Pipeline sample(Map<String, String> changes) {
    Map<String, String> single = new HashMap<>(changes);
    single.putIfAbsent("sources", "[sample_shop, sample_profiles, sample_erp]");
    Settings settings =
        Settings.load(
            new StoragePath("."),
            new StoragePath(PROJECT.resolve("conf").toString()),
            Optional.empty(),
            single);
    return new Pipeline(new JobGraph(JobCatalog.all(settings)), settings.pipeline());
  }

  private final Pipeline perJob = sample(Map.of());
  private final Pipeline grouped = sample(Map.of("pipeline.grouped", "true"));

  @Test
  void everyJobIsATaskAndPublishingIsTheOneThatAllLeadTo() {
    assertThat(perJob.leaves()).extracting(Task::id).containsExactly("publish");
    for (Task task : perJob.tasks()) {
      assertThat(perJob.withDownstream(task)).contains(perJob.task("publish"));
    }
  }

  @Test
  void jobsThatAreNamedBringWhatTheyWaitFor() {
    assertThat(sample(Map.of("pipeline.jobs", "[customer_rfm]")).tasks())
        .extracting(Task::id)
        .containsExactlyInAnyOrder(
            "load_shop_order_returns",
            "load_shop_order_lines",
            "load_shop_orders",
            "load_shop_customers",
            "customer_purchases",
            "customer_rfm",
            "publish");
  }

  @Test
  void aStageIsOneApplicationAndHoldsEveryJobOnce() {
    assertThat(grouped.tasks())
        .extracting(Task::id)
        .containsExactly("load", "state", "compute", "publish");
    assertThat(grouped.tasks().stream().flatMap(task -> task.jobs().stream()))
        .containsExactlyInAnyOrderElementsOf(
            perJob.tasks().stream().flatMap(task -> task.jobs().stream()).toList());
  }

  @Test
  void aTaskIsInNoEarlierStageThanWhatItWaitsFor() {
    for (Task task : perJob.tasks()) {
      assertThat(task.upstream())
          .allSatisfy(id -> assertThat(perJob.task(id).stage()).isLessThanOrEqualTo(task.stage()));
    }
  }

  @Test
  void tasksThatLoadOneTableGoInTurnWhetherOrNotTheOneBeforeSucceeded() {
    Pipeline twoShops = sample(Map.of("sources", "[sample_shop, cdnow]"));
    List<Task> after =
        twoShops.tasks().stream()
            .filter(task -> task.stage() == Stage.LOAD && !task.upstream().isEmpty())
            .toList();
    assertThat(after).isNotEmpty();
    assertThat(after)
        .allSatisfy(
            task -> {
              assertThat(task.rule()).isEqualTo(TriggerRule.ALL_DONE);
              assertThat(task.upstream())
                  .allSatisfy(
                      id ->
                          assertThat(id.replaceAll("load_[a-z]+_", ""))
                              .isEqualTo(task.id().replaceAll("load_[a-z]+_", "")));
            });
  }

  /** Not that somebody set it so: they read the table they write. */
  @Test
  void onlyJobsThatReadWhatTheyWroteMustGoDateByDate() {
    assertThat(perJob.task("customer_purchases").sequential()).isTrue();
    assertThat(perJob.task("customer_segments").sequential()).isTrue();
    assertThat(perJob.task("customer_rfm").sequential()).isFalse();
    assertThat(perJob.task("publish").sequential()).isFalse();
  }
}
