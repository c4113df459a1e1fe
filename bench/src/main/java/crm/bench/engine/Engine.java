package crm.bench.engine;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;

/** One of the two that do the same work. */
public interface Engine extends AutoCloseable {

  /**
   * Does a step.
   *
   * @param home the folder with the landing files; the side keeps its tables below it
   * @param from the first day of the files
   * @param date the day of the step: the last of two years, or the one after
   */
  void run(Step step, Path home, LocalDate from, LocalDate date) throws Exception;

  /** Returns what came out, so that two sides can be compared: counts and exact sums. */
  String check(Step step, Path home, LocalDate date) throws Exception;

  @Override
  void close() throws SQLException;
}
