package crm.engine.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import crm.engine.run.HostileFiles.Hostile;
import crm.testing.CapturedLog;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.ops.OpsTables;
import crm.warehouse.tables.sales.SalesTables;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as real sources deliver them: nothing is lost, nothing swallowed, every record counted. */
class HostileFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  /** Each file gets keys of its own, so that none hides another's records. */
  private static final String SOURCE =
      """
      source = erp
      on-missing = empty
      max-rejected-percent = 100
      feeds.products {
        files = "in/{date}_csv_*"
        format { type = delimited, encoding = "ENCODING" }
        tables.products.columns { product_id = "concat(_file, id)", name = name, list_price = price }
      }
      feeds.orders {
        files = "in/{date}_json_*"
        format { type = json, encoding = "ENCODING" }
        tables.orders.columns {
          order_id = "concat(_file, id)", customer_id = customer, ordered_at = at, status = "'placed'"
        }
      }
      feeds.lines {
        files = "in/{date}_export_*"
        format {
          type = delimited, delimiter = ";", escape = "\\\\", encoding = "ENCODING"
          header = [kind, order, line, sku, qty, amount]
          skip-lines = 1, footer = "Total;.*", nulls = ["\\\\N", "NULL"], decimal-comma = true
        }
        tables.order_lines {
          where = "kind = 'L' and order is distinct from 'none'"
          currency = "' eur'"
          columns {
            order_id = "concat(_file, order)", line_id = line, product_id = sku
            quantity = "cast(qty as int)", line_amount = amount
          }
        }
      }
      """;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16"})
  void everyRecordIsAcceptedOrRejectedForItsReason(String encoding, @TempDir Path home) {
    Map<String, Hostile> files = HostileFiles.in(Charset.forName(encoding));
    assertThat(files).hasSizeGreaterThanOrEqualTo(60);
    Workbench bench = Workbench.ofSource(home, SOURCE.replace("ENCODING", encoding));
    Map<String, String> expected = new TreeMap<>();
    files.forEach(
        (name, file) -> {
          bench.land("in/2026-03-01_" + name, file.content());
          expected.put("in/2026-03-01_" + name, file.outcome());
        });
    try (CapturedLog log = new CapturedLog()) {
      assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
      assertThat(outcomes(bench)).containsExactlyInAnyOrderEntriesOf(expected);
      assertThat(bench.said() + log.text()).doesNotContain(HostileFiles.SECRET);
    }
  }

  /** What ends too early, or decompresses without end, would lose records: nothing is written. */
  @ParameterizedTest
  @ValueSource(strings = {"truncated.gz", "truncated.zst", "bomb.gz", "bomb.zst"})
  void aFileThatCannotBeReadToItsEndStopsTheLoad(String kind, @TempDir Path home) {
    byte[] text = (HostileFiles.HEADER + "1,a,1\n".repeat(50_000)).getBytes(UTF_8);
    byte[] content =
        switch (kind) {
          case "truncated.gz" -> half(HostileFiles.gzip(text));
          case "truncated.zst" -> half(Zstd.compress(text));
          case "bomb.gz" -> HostileFiles.gzip(new byte[200_000_000]);
          default -> Zstd.compress(new byte[200_000_000]);
        };
    Workbench bench = Workbench.ofSource(home, SOURCE.replace("ENCODING", "UTF-8"));
    bench.land("in/2026-03-01_csv_good", HostileFiles.HEADER + "1,a,1\n");
    bench.land("in/2026-03-01_csv_" + kind, content);
    assertThat(bench.run(DAY, "load_erp_products")).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.warehouse().exists(SalesTables.PRODUCTS)).isFalse();
    assertThat(outcomes(bench).get("in/2026-03-01_csv_" + kind)).contains("unreadable_file 1");
    assertThat(bench.said()).contains("1 files of load_erp_products end too early");
  }

  private static byte[] half(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  /** Per file, what became of its records, rejected ones by reason. */
  private static Map<String, String> outcomes(Workbench bench) {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    for (Row row : bench.stored(OpsTables.FILE_LOADS).collectAsList()) {
      Map<String, Long> file =
          counts.computeIfAbsent(row.getAs("file"), f -> new LinkedHashMap<>());
      file.put("accepted", row.<Long>getAs("accepted"));
      file.put("duplicate", row.<Long>getAs("duplicates"));
      file.put("collapsed", row.<Long>getAs("collapsed"));
      file.put("filtered", row.<Long>getAs("filtered"));
    }
    for (Row row : bench.stored(OpsTables.REJECTED_ROWS).orderBy("record_number").collectAsList()) {
      assertThat(row.<String>getAs("raw_record")).as("the record as delivered").isNotNull();
      counts.get(row.<String>getAs("file")).merge(row.getAs("reason"), 1L, Long::sum);
    }
    Map<String, String> outcomes = new TreeMap<>();
    counts.forEach(
        (file, byOutcome) -> {
          byOutcome.values().removeIf(count -> count == 0);
          StringBuilder text = new StringBuilder();
          byOutcome.forEach(
              (what, count) -> text.append(text.isEmpty() ? "" : ", ").append(what + " " + count));
          outcomes.put(file, text.toString());
        });
    return outcomes;
  }
}
