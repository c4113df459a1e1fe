package crm.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crm.app.Main;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.deploy.SparkSubmitArguments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;
import scala.jdk.javaapi.CollectionConverters;

/** What conf/examples submits is what Spark and our commands take, in the versions of the build. */
class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("crm.project.dir"), "conf/examples");

  @TempDir private Path folder;

  /** The arguments that a script gives to spark-submit on the day, as Spark understands them. */
  private SparkSubmitArguments submitted(String script) throws Exception {
    Path submit = Files.createDirectories(folder.resolve("bin")).resolve("spark-submit");
    Files.writeString(submit, "#!/bin/sh\nprintf '%s\\0' \"$@\" > \"$SPARK_HOME/arguments\"\n");
    assertThat(submit.toFile().setExecutable(true)).isTrue();
    ProcessBuilder bash =
        new ProcessBuilder("bash", EXAMPLES.resolve(script).toString(), "2026-11-01")
            .redirectErrorStream(true);
    bash.environment().put("SPARK_HOME", folder.toString());
    Process process = bash.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<String> arguments = List.of(Files.readString(folder.resolve("arguments")).split("\0"));
    // On YARN it asks where the cluster is.
    Map<String, String> environment = Map.of("HADOOP_CONF_DIR", folder.toString());
    return new SparkSubmitArguments(
        CollectionConverters.asScala(arguments).toSeq(),
        scala.collection.immutable.Map$.MODULE$.from(CollectionConverters.asScala(environment)));
  }

  /** The list below a key of a YAML file, which is all that is needed of YAML here. */
  private static List<String> list(String file, String key) throws IOException {
    List<String> items = new ArrayList<>();
    boolean below = false;
    for (String line : Files.readAllLines(EXAMPLES.resolve(file))) {
      String text = line.strip();
      if (below && !text.startsWith("- ")) {
        return items;
      }
      if (below) {
        items.add(text.substring(2).replaceAll("^\"|\"$", ""));
      }
      below = below || text.equals(key + ":");
    }
    throw new IllegalArgumentException(file + " has no list " + key);
  }

  private void isOurs(List<String> arguments, String scheme) {
    ParseResult parsed = Crm.commandLine().parseArgs(arguments.toArray(String[]::new)).subcommand();
    assertThat(parsed.commandSpec().name()).isEqualTo("run");
    assertThat(parsed.hasMatchedOption("--all")).isTrue();
    Workspace workspace = (Workspace) parsed.commandSpec().mixins().get("workspace").userObject();
    assertThat(workspace.settings().landing()).startsWith(scheme + "://");
    assertThat(workspace.settings().warehouse()).startsWith(scheme + "://");
    assertThat(workspace.settings().exports().path()).startsWith(scheme + "://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yarn.sh yarn abfss", "kubernetes.sh k8s s3a", "emr.sh yarn s3a"})
  void sparkAndOurCommandsTakeWhatAScriptSubmits(String example) throws Exception {
    String[] parts = example.split(" ");
    SparkSubmitArguments arguments = submitted(parts[0]);
    assertThat(arguments.master()).startsWith(parts[1]);
    assertThat(arguments.deployMode()).isEqualTo("cluster");
    assertThat(arguments.mainClass()).isEqualTo(Main.class.getName());
    assertThat(arguments.primaryResource()).endsWith("crm.jar");
    isOurs(CollectionConverters.asJava(arguments.childArgs()), parts[2]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kubernetes.yaml arguments s3a",
        "dataproc.yaml args gs",
        "databricks.yml parameters abfss"
      })
  void ourCommandsTakeWhatAManifestSays(String example) throws Exception {
    String[] parts = example.split(" ");
    List<String> arguments =
        list(parts[0], parts[1]).stream()
            .map(argument -> argument.replaceAll("^\\{\\{.*date}}$", "2026-11-01"))
            .toList();
    isOurs(arguments, parts[2]);
    assertThat(Files.readString(EXAMPLES.resolve(parts[0])))
        .containsPattern("(?i)main_?class(_name)?: " + Main.class.getName() + "\n");
  }

  @Test
  void everyVersionIsTheBuilds() throws IOException {
    String delta = jarOf(DeltaTable.class);
    String spark = org.apache.spark.package$.MODULE$.SPARK_VERSION();
    Map<Pattern, String> versions =
        Map.of(
            Pattern.compile("io\\.delta:(delta-spark_[\\d._]+:[\\d.]+)"),
            delta.replaceAll("-([\\d.]+)\\.jar$", ":$1"),
            Pattern.compile("org\\.apache\\.hadoop:hadoop-[a-z]+:([\\d.]+)"),
            VersionInfo.getVersion(),
            Pattern.compile("(?:sparkVersion: |apache/spark:|/spark-)(\\d[\\d.]*\\d)"),
            spark);
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.sorted().toList()) {
        for (Map.Entry<Pattern, String> version : versions.entrySet()) {
          Matcher matcher = version.getKey().matcher(Files.readString(file));
          while (matcher.find()) {
            found.add(matcher.group());
            assertThat(matcher.group(1)).as(file.toString()).isEqualTo(version.getValue());
          }
        }
      }
    }
    assertThat(found).as("versions named").hasSizeGreaterThan(7);
  }

  private static String jarOf(Class<?> type) {
    String[] path = type.getProtectionDomain().getCodeSource().getLocation().getPath().split("/");
    return path[path.length - 1];
  }

  /** By name only: a reference, a file, a role. */
  @Test
  void noExampleHoldsASecret() throws IOException {
    Pattern assigned =
        Pattern.compile(
            "(?i)(password|secret(\\.key)?|token|access\\.key)[\"']?\\s*[:=]\\s*(?<value>\\S+)");
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      for (Path file : files.sorted().toList()) {
        String[] code =
            Files.readAllLines(file).stream()
                .filter(line -> !line.strip().startsWith("#"))
                .toArray(String[]::new);
        Arrays.stream(code)
            .flatMap(line -> assigned.matcher(line).results())
            .forEach(
                match -> assertThat(match.group(3)).as(file.toString()).startsWith("\"{{secrets/"));
      }
    }
  }
}
