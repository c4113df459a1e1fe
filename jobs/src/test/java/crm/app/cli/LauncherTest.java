package crm.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher where nothing was built yet, with a Maven and a Java that only say what they do. */
class LauncherTest {
  @TempDir private Path clone;

  @BeforeEach
  void cloneTheProject() throws IOException {
    Files.copy(Path.of(System.getProperty("crm.project.dir"), "crm"), clone.resolve("crm"));
    Files.createDirectories(clone.resolve("jobs/src/main"));
    Files.writeString(clone.resolve("pom.xml"), "");
    Files.writeString(clone.resolve("jobs/pom.xml"), "");
    tool(
        "mvn",
        """
        echo "mvn $*"
        mkdir -p jobs/target/dist/jars && touch jobs/target/dist/crm.jar
        case "$*" in *bench*) mkdir -p bench/target && touch bench/target/crm-bench-1.jar ;; esac
        """);
    tool(
        "java",
        """
        case "$*" in -version) echo 'openjdk version "17.0.1"' ;; *) echo "java $*" >&2 ;; esac
        """);
  }

  @Test
  void theBenchmarkIsBuiltAndStartedWhereNothingWas() throws Exception {
    assertThat(crm(0, "bench", "--lines", "1"))
        .containsSubsequence("-Pbench -pl bench -am package", "crm.bench.Bench --lines 1");
    assertThat(crm(0, "bench")).as("a second time").doesNotContain("mvn");
  }

  @Test
  void aBuildThatFailsIsTold() throws Exception {
    tool("mvn", "echo 'no network'; exit 1\n");
    for (String command : List.of("demo", "bench")) {
      assertThat(crm(2, command)).contains("no network", "crm: the build failed");
    }
  }

  @Test
  void aJavaThatIsNotThereIsTold() throws Exception {
    Files.delete(clone.resolve("bin/java"));
    assertThat(crm(2, "demo")).contains("needs JDK 17 to 21", "is not there. Set JAVA_HOME.");
  }

  @Test
  void aSparkThatSaysNoCommandIsTold() throws Exception {
    assertThat(crm(2, "demo")).contains("Spark's launcher could not start");
  }

  private void tool(String name, String script) throws IOException {
    Path tool = Files.createDirectories(clone.resolve("bin")).resolve(name);
    Files.writeString(tool, "#!/usr/bin/env bash\n" + script);
    assertThat(tool.toFile().setExecutable(true)).isTrue();
  }

  private String crm(int exitCode, String... arguments) throws Exception {
    ProcessBuilder bash =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of("bash", clone.resolve("crm").toString()), Stream.of(arguments))
                    .toList())
            .redirectErrorStream(true);
    bash.environment().put("PATH", clone.resolve("bin") + ":" + System.getenv("PATH"));
    bash.environment().put("JAVA_HOME", clone.toString());
    bash.environment().remove("SPARK_HOME");
    Process process = bash.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(exitCode);
    return said;
  }
}
