package crm.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells a person what runs: one line per finished job, and on a terminal a live line. */
public final class Progress {
  private final PrintStream out;
  private final boolean live;
  private int done;
  private int total;

  /**
   * @param live whether lines may be overwritten, as on a terminal
   */
  public Progress(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  void expect(int jobs) {
    done = 0;
    total = jobs;
  }

  void started(String job) {
    done++;
    if (live) {
      out.printf(Locale.ROOT, "\r\033[K[%d/%d] %s ...", done, total, job);
      out.flush();
    }
  }

  void finished(String job, String what, Duration time) {
    out.printf(
        Locale.ROOT,
        "%s[%d/%d] %-32s %s  %.1f s%n",
        live ? "\r\033[K" : "",
        done,
        total,
        job,
        what,
        time.toMillis() / 1000.0);
  }
}
