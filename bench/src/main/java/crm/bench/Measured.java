package crm.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a step cost a process of its own.
 *
 * @param startCpuSeconds of all threads, until the side could be asked
 * @param workCpuSeconds of all threads, for the step
 * @param wallSeconds for the step
 * @param peakMegabytes the most memory the process ever held
 * @param check what came out
 */
public record Measured(
    double startCpuSeconds,
    double workCpuSeconds,
    double wallSeconds,
    long peakMegabytes,
    String check) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The CPU time of this process so far, in seconds. */
  static double cpuSeconds() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
            .getProcessCpuTime()
        / 1e9;
  }

  /** The most memory this process ever held, as Linux reports it. */
  static long maxMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0L);
  }

  /** As in "0.9 + 1.5, 0.8, 312": start and work, wall clock, memory. */
  String cells() {
    return String.format(
        Locale.ROOT,
        "%.1f + %.1f, %.1f, %,d",
        startCpuSeconds,
        workCpuSeconds,
        wallSeconds,
        peakMegabytes);
  }

  String toJson() throws JsonProcessingException {
    return JSON.writeValueAsString(this);
  }

  static Measured ofJson(String json) throws JsonProcessingException {
    return JSON.readValue(json, Measured.class);
  }
}
