package crm.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Printed;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CrmTest {
  static Stream<CommandLine> commands() {
    CommandLine crm = Crm.commandLine();
    return Stream.concat(Stream.of(crm), crm.getSubcommands().values().stream());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHelpsWithAnExample(CommandLine command) {
    assertThat(command.getUsageMessage()).contains("Example", "crm ", "--help");
  }

  /** Governments change clocks, and what a day is depends on whether the JDK knows. */
  @Test
  void theVersionTellsWhatIsKnownOfTimeZones() {
    assertThat(new Version().getVersion()[1]).matches("Java .+, time zones 20\\d\\d[a-z]");
  }

  /** A wrong command ends with 2 and says what to do. */
  @ParameterizedTest
  @CsvSource({
    "nope, Unmatched argument",
    "run --all --date 2026-13-01, Write yyyy-MM-dd",
    "run --all --home none, Give --date D",
    "run --home none --date 2026-01-01, Name jobs or give --all",
    "run --all --home none --from 2026-01-02 --to 2026-01-01, exchange them",
    "run --all --home none --date 2026-01-01, names no sources",
    "run --all --home none --date 2026-01-01 --set rfm.metod=x, unknown setting 'rfm.metod'",
    "run --all --home none --accept-gap 2026-01-02..x, Write yyyy-MM-dd or yyyy-MM-dd..yyyy-MM-dd",
    "run --all --home none --accept-gap 2026-01-02..2026-01-01, exchange them",
    "pipeline backfill --home none --from 2026-01-02 --to 2026-01-01, exchange them",
    "airflow export --home none, names no sources",
    "airflow export --home none --set pipeline.schedule=daily, 'daily' is no cron",
    "airflow export --home none --set pipeline.publish-when=never, choose one of [all_success",
    "airflow export --home none --set rfm.returns=net, Write them to none/conf/crm.conf",
    "sample --home none --dirty 2, choose at least 1 customer",
    "demo --home hdfs://nowhere/demo, crm demo works in a folder of this machine",
    "run --all --home none --conf none.conf --date 2026-01-01, there is no file of settings"
        + " none.conf",
    "export champion --home none, There is no audience 'champion'",
    "export, Missing required parameter",
    "audience preview --home none, Name the audience to preview",
    "tables nope, There is no table 'nope'",
    "sql --format xml select, expected one of [TABLE, CSV, JSON]",
    "status --home none, There is no workspace none",
    "rejected --home none, There is no workspace none",
    "models --home none, There is no workspace none",
    "sql --home none select, There is no workspace none",
    "show customer C1 --home none, There is no workspace none",
    "report --home none, There is no workspace none",
    "publish parquet --home none, There is no workspace none",
    "maintenance --home none, There is no workspace none",
    "rebuild core.orders --home none, There is no workspace none",
    "run --stale --home none, There is no workspace none",
    "tables --register duckdb --home none, There is no workspace none",
    "status --home file:///none, There is no workspace file:///none",
    "status --home nosuch://none/x, a file system that Spark does not know"
  })
  void aWrongCommandEndsWith2AndSaysWhatToDo(String arguments, String remedy) {
    StringWriter err = new StringWriter();
    int code = Crm.commandLine().setErr(new PrintWriter(err)).execute(arguments.split(" "));
    assertThat(err.toString()).contains(remedy);
    assertThat(code).isEqualTo(2);
  }

  @Test
  void listAndTablesNeedNoData(@TempDir Path home) {
    assertThat(Printed.by("list", "--home", home.toString()))
        .contains("customer_rfm", "-> curated.customer_rfm");
    assertThat(Printed.by("list", "--graph", "--home", home.toString())).contains("flowchart LR");
    assertThat(Printed.by("tables")).contains("curated.customer_360", "ops.rejected_rows");
    assertThat(Printed.by("tables", "orders")).contains("ordered_on", "Key: source, order_id");
  }

  /** As bash has it: after {@code crm run --d} comes what may follow. */
  @Test
  void theShellCompletesCommandsAndOptions(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Printed.by("completion"));
    assertThat(completed(script, "crm", "r")).contains("run", "rejected", "rebuild");
    assertThat(completed(script, "crm", "run", "--d")).contains("--date", "--dry-run");
  }

  private static String completed(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    String ask =
        "source %s; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_crm;"
            + " echo ${COMPREPLY[@]}";
    Process bash =
        new ProcessBuilder(
                "bash", "-c", ask.formatted(script, line, words.length - 1, line, line.length()))
            .redirectErrorStream(true)
            .start();
    return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
