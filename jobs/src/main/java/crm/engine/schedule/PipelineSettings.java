package crm.engine.schedule;

import com.typesafe.config.Config;
import crm.warehouse.UserError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * When the jobs run and how: the section {@code pipeline} of conf/crm.conf. What runs after what
 * follows from the jobs.
 *
 * @param jobs names of those that run, each with all that it waits for; none for every job
 * @param pools by stage; a stage without one has no limit of its own
 * @param connection Airflow's connection to Spark
 * @param packages how Spark gets Delta, as Maven coordinates between commas; empty for --jars
 */
public record PipelineSettings(
    String name,
    List<String> jobs,
    String cron,
    Timetable timetable,
    LocalDate startDate,
    boolean catchUp,
    int maxActiveRuns,
    int maxActiveTasks,
    Retries retries,
    TriggerRule publishWhen,
    boolean grouped,
    Map<Stage, Pool> pools,
    String connection,
    String packages) {

  /**
   * Tasks that share something scarce.
   *
   * @param slots how many of its tasks run at once
   */
  public record Pool(String name, int slots) {
    public Pool {
      if (!name.matches("[A-Za-z0-9_.-]{1,100}") || slots < 1 || slots > 1000) {
        throw UserError.usage(
            "The pool '%s' of %d slots cannot be: give it a name of letters, digits, _ - . and 1 to"
                + " 1000 slots",
            name, slots);
      }
    }
  }

  public PipelineSettings {
    if (!name.matches("[A-Za-z0-9_.-]{1,200}")) {
      throw UserError.usage(
          "pipeline.name = '%s': choose up to 200 letters, digits, _, - and .", name);
    }
    if (!packages.matches("[A-Za-z0-9_.:,-]*")) {
      throw UserError.usage(
          "pipeline.airflow.packages = '%s': write group:artifact:version, between commas",
          packages);
    }
    refuse("max-active-runs", maxActiveRuns, 16);
    refuse("max-active-tasks", maxActiveTasks, 64);
  }

  /** Reads the section. */
  public static PipelineSettings of(Config section) {
    Map<Stage, Pool> pools = new EnumMap<>(Stage.class);
    for (String stage : section.getObject("pools").keySet()) {
      Config pool = section.getConfig("pools." + stage);
      pools.put(
          choice("pools", stage, Stage.values()),
          new Pool(pool.getString("name"), pool.getInt("slots")));
    }
    String cron = section.getString("schedule");
    try {
      return new PipelineSettings(
          section.getString("name"),
          List.copyOf(section.getStringList("jobs")),
          cron,
          new Timetable(cron, ZoneId.of(section.getString("time-zone"))),
          LocalDate.parse(section.getString("start-date")),
          section.getBoolean("catchup"),
          section.getInt("max-active-runs"),
          section.getInt("max-active-tasks"),
          new Retries(
              section.getInt("retries"),
              Duration.ofSeconds(section.getInt("retry-delay-seconds")),
              section.getBoolean("retry-doubling"),
              Duration.ofSeconds(section.getInt("max-retry-delay-seconds"))),
          choice("publish-when", section.getString("publish-when"), TriggerRule.values()),
          section.getBoolean("grouped"),
          pools,
          section.getString("airflow.connection"),
          section.getString("airflow.packages"));
    } catch (DateTimeException e) {
      throw UserError.usage(
          "pipeline.start-date = '%s' or pipeline.time-zone = '%s' cannot be read; write as in"
              + " 2026-11-01 and Europe/Berlin",
          section.getString("start-date"), section.getString("time-zone"));
    }
  }

  private static <E extends Enum<E>> E choice(String key, String word, E[] constants) {
    return Stream.of(constants)
        .filter(constant -> constant.toString().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                UserError.usage(
                    "pipeline.%s = '%s': choose one of %s", key, word, List.of(constants)));
  }

  private static void refuse(String key, int value, int max) {
    if (value < 1 || value > max) {
      throw UserError.usage("pipeline.%s = %d: choose 1 to %d", key, value, max);
    }
  }

  /** No interval that starts before is run. */
  public Instant start() {
    return startOf(startDate);
  }

  /** When a day begins on the clock of the timetable. */
  public Instant startOf(LocalDate day) {
    return day.atStartOfDay(timetable.zone()).toInstant();
  }
}
