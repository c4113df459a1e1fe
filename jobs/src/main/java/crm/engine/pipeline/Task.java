package crm.engine.pipeline;

import crm.engine.schedule.Stage;
import crm.engine.schedule.TriggerRule;
import java.util.ArrayList;
import java.util.List;

/**
 * One Spark application of a pipeline: a job, the jobs of a stage, or the publishing at the end.
 *
 * @param jobs those it runs, in their order; none for the publishing
 * @param upstream ids of the tasks it waits for, by the rule
 * @param sequential whether it may run for a date only after it succeeded for the one before
 * @param words what it does, from the jobs' own statements
 */
public record Task(
    String id,
    Stage stage,
    List<String> jobs,
    List<String> upstream,
    TriggerRule rule,
    boolean sequential,
    String words) {

  /**
   * The command for a date, the same wherever it runs; the workspace follows.
   *
   * @param date a date, or what becomes one
   * @param run the id of the run, or what becomes one
   */
  public List<String> arguments(String date, String run) {
    List<String> arguments = new ArrayList<>();
    if (stage == Stage.PUBLISH) {
      arguments.addAll(List.of("pipeline", "publish"));
    } else {
      arguments.add("run");
      arguments.addAll(jobs);
    }
    arguments.addAll(List.of("--date", date, "--pipeline-run", run));
    return arguments;
  }
}
