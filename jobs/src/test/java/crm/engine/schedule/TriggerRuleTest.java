package crm.engine.schedule;

import static crm.engine.schedule.TriggerRule.ALL_DONE;
import static crm.engine.schedule.TriggerRule.ALL_SUCCESS;
import static crm.engine.schedule.TriggerRule.ALWAYS;
import static crm.engine.schedule.TriggerRule.NONE_FAILED;
import static crm.engine.schedule.TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS;
import static crm.engine.schedule.TriggerRule.ONE_FAILED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TriggerRuleTest {
  private static final List<TriggerRule> RULES =
      List.of(ALL_SUCCESS, ALL_DONE, NONE_FAILED, NONE_FAILED_MIN_ONE_SUCCESS, ONE_FAILED, ALWAYS);

  /** Airflow's core concepts, "Trigger Rules", for two tasks upstream. */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    // upstream, all_success, all_done, none_failed, min_one_success, one_failed, always
    "SUCCESS, SUCCESS, run, run, run, run, skip, run",
    "SUCCESS, FAILED, fail, run, fail, fail, run, run",
    "SUCCESS, UPSTREAM_FAILED, fail, run, fail, fail, run, run",
    "SUCCESS, SKIPPED, skip, run, run, run, skip, run",
    "SKIPPED, SKIPPED, skip, run, run, skip, skip, run",
    "SKIPPED, FAILED, fail, run, fail, fail, run, run",
    "FAILED, RUNNING, fail, wait, fail, fail, run, run",
    "SUCCESS, RUNNING, wait, wait, wait, wait, wait, run",
    "SUCCESS, UP_FOR_RETRY, wait, wait, wait, wait, wait, run",
    "SKIPPED, NONE, skip, wait, wait, wait, wait, run"
  })
  void whatBecomesOfATaskIsAirflows(
      TaskState first,
      TaskState second,
      String allSuccess,
      String allDone,
      String noneFailed,
      String minOneSuccess,
      String oneFailed,
      String always) {
    List<String> becomes = new ArrayList<>();
    for (TriggerRule rule : RULES) {
      becomes.add(
          rule.decide(List.of(first, second))
              .map(
                  state ->
                      switch (state) {
                        case RUNNING -> "run";
                        case SKIPPED -> "skip";
                        default -> "fail";
                      })
              .orElse("wait"));
    }
    assertThat(becomes)
        .containsExactly(allSuccess, allDone, noneFailed, minOneSuccess, oneFailed, always);
  }
}
