package crm.engine.run;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Tells a person what runs: one line per finished job, and on a terminal a live line. Made when
 * Spark is ready.
 */
public final class Progress {
  private final PrintStream out;
  private final boolean live;
  private final Instant ready = Instant.now();
  private final Set<String> running = new LinkedHashSet<>();
  private int done;
  private int total;

  /**
   * @param live whether lines may be overwritten, as on a terminal
   */
  public Progress(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** Tells what it took to get ready, from the start of the program, and what the work took. */
  public void summary() {
    Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    out.printf(
        Locale.ROOT,
        "Ready after %.1f s, worked for %.1f s.%n",
        seconds(Duration.between(started, ready)),
        seconds(Duration.between(ready, Instant.now())));
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  synchronized void expect(int jobs) {
    done = 0;
    total = jobs;
  }

  synchronized void started(String job) {
    running.add(job);
    show();
  }

  synchronized void finished(String job, String what, Duration time) {
    running.remove(job);
    done++;
    out.printf(
        Locale.ROOT,
        "%s[%d/%d] %-32s %s  %.1f s%n",
        live ? "\r\033[K" : "",
        done,
        total,
        job,
        what,
        seconds(time));
    show();
  }

  /** Something to know about what ran. */
  synchronized void note(String what) {
    out.printf(Locale.ROOT, "%s%s%n", live ? "\r\033[K" : "", what);
  }

  private void show() {
    if (live && !running.isEmpty()) {
      out.printf(Locale.ROOT, "\r\033[K[%d/%d] %s ...", done, total, String.join(", ", running));
      out.flush();
    }
  }
}
