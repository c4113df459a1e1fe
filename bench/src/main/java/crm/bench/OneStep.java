package crm.bench;

import crm.bench.engine.DuckDbEngine;
import crm.bench.engine.Engine;
import crm.bench.engine.SparkEngine;
import crm.bench.engine.Step;
import java.nio.file.Path;
import java.time.LocalDate;

/** A process that does one step of one side, and reports what it cost. */
public final class OneStep {
  private OneStep() {}

  /**
   * @param arguments ours or duckdb, the step, the folder, the first day, the day of the step
   */
  public static void main(String[] arguments) throws Exception {
    Step step = Step.valueOf(arguments[1]);
    Path home = Path.of(arguments[2]);
    LocalDate from = LocalDate.parse(arguments[3]);
    LocalDate date = LocalDate.parse(arguments[4]);
    try (Engine side = arguments[0].equals("ours") ? new SparkEngine() : new DuckDbEngine()) {
      double start = Measured.cpuSeconds();
      long began = System.nanoTime();
      side.run(step, home, from, date);
      double work = Measured.cpuSeconds() - start;
      double wall = (System.nanoTime() - began) / 1e9;
      long peak = Measured.maxMegabytes();
      System.out.println(
          Processes.MEASURED
              + new Measured(start, work, wall, peak, side.check(step, home, date)).toJson());
    }
  }
}
