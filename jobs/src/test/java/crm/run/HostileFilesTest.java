package crm.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.OpsTables;
import crm.warehouse.tables.SalesTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files as real sources deliver them: nothing is lost, nothing swallowed, every record counted. */
class HostileFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);
  private static final String SOURCE =
      """
      source = erp
      max-rejected-percent = 100
      feeds.products {
        files = "in/{date}_*"
        format { type = delimited, encoding = "%s" }
        tables.products.columns { product_id = id, name = name, list_price = price }
      }
      """;
  private static final String HEADER = "id,name,price\n";

  /** Name of a file, then its content, then what becomes of its records. */
  private final Map<String, Object[]> files = new LinkedHashMap<>();

  @Test
  void utf8(@TempDir Path home) throws IOException {
    given("plain", HEADER + "1,a,1.5\n2,b,2\n", "accepted 2");
    given("no_newline_at_the_end", HEADER + "1,a,1.5\n2,b,2", "accepted 2");
    given("crlf", "id,name,price\r\n1,a,1.5\r\n2,b,2\r\n", "accepted 2");
    given("cr", "id,name,price\r1,a,1.5\r2,b,2\r", "accepted 2");
    given("blank_lines", HEADER + "\n1,a,1.5\n\n\n2,b,2\n\n", "accepted 2");
    given("byte_order_mark", "\uFEFF" + HEADER + "1,a,1.5\n", "accepted 1");
    given("empty", "", "");
    given("header_only", HEADER, "");
    given("quoted_newline", HEADER + "1,\"a\nb\",1.5\n2,b,2\n", "accepted 2");
    given("quoted_delimiter", HEADER + "1,\"a, b\",1.5\n", "accepted 1");
    given("doubled_quotes", HEADER + "1,\"5\"\" pipe\",1.5\n", "accepted 1");
    given("unclosed_quote", HEADER + "1,\"a,1\n2,b,2\n3,c,3\n", "accepted 2, unclosed_quote 1");
    given("text_after_quote", HEADER + "1,\"a\"b,1\n2,b,2\n", "accepted 1, text_after_quote 1");
    given("too_short", HEADER + "1,a\n2,b,2\n", "accepted 1, too_few_fields 1");
    given("too_long", HEADER + "1,a,1,1\n2,b,2\n", "accepted 1, too_many_fields 1");
    given("trailing_delimiter", HEADER + "1,a,1,\n", "too_many_fields 1");
    given("reordered", "price,id,name\n1.5,1,a\n", "accepted 1");
    given("unknown_column", "id,colour,name,price\n1,red,a,1.5\n", "accepted 1");
    given("missing_column", "id,price\n1,1.5\n2,2\n", "missing_column 2");
    given("duplicated_column", "id,name,price,Price\n1,a,1,2\n", "duplicate_column 1");
    given("shouting_header", " ID ,Name,PRICE\n1,a,1.5\n", "accepted 1");
    given(
        "repeated_header",
        HEADER + "1,a,1\n" + HEADER + "2,b,2\n",
        "accepted 2, repeated_header 1");
    given("no_header", "1,a,1.5\n2,b,2\n", "missing_column 1");
    given("sep_line", "sep=,\nid,name,price\n1,a,1\n", "missing_column 2");
    given("many_columns", "id,name,price," + "x,".repeat(4996) + "y\n", "");
    given(
        "odd_column_names",
        "id,name,price,_rescued,a.b,`,__proto__\n1,a,1,2,3,4,5\n",
        "accepted 1");
    given("not_a_number", HEADER + "1,a,$5\n2,b,NaN\n3,c,Infinity\n4,d,1e400\n", "not_a_decimal 4");
    given("too_precise", HEADER + "1,a,0.12345\n2,b,0.1234\n", "accepted 1, not_a_decimal 1");
    given("too_great", HEADER + "1,a," + "9".repeat(39) + "\n", "not_a_decimal 1");
    given("negative", HEADER + "1,a,-0.01\n2,b,-0\n", "accepted 1, price_not_negative 1");
    given("blank_key", HEADER + ",a,1\n  ,b,2\n", "missing_value 2");
    given("words_like_nothing", HEADER + "NULL,Null,1\nnull,null,2\n007,007,3\n", "accepted 3");
    given("nul_byte", HEADER + "1,a\0b,1\n", "accepted 1");
    given("formula", HEADER + "1,=HYPERLINK(0),1\n2,@SUM,2\n", "accepted 2");
    given("same_record_twice", HEADER + "1,a,1\n1,a,1\n", "accepted 1, duplicate 1");
    given("same_key_twice", HEADER + "1,a,1\n1,b,1\n", "accepted 1, collapsed 1");
    given(
        "wrong_bytes",
        (HEADER + "1,M\u00fcller,1\n2,b,2\n").getBytes(ISO_8859_1),
        "accepted 1, wrong_encoding 1");
    given("overlong", (HEADER + "1,\u00C0\u00AF,1").getBytes(ISO_8859_1), "wrong_encoding 1");
    given("gzip.csv.gz", gzip(HEADER + "1,a,1\n"), "accepted 1");
    given("gzip_without_the_name", gzip(HEADER + "1,a,2\n"), "accepted 1");
    given("plain.csv.gz", HEADER + "1,a,3\n", "accepted 1");
    given("name with blank, 100% #1 [x]", HEADER + "1,a,4\n", "accepted 1");
    expectOutcomes(home, "UTF-8");
  }

  @Test
  void windows1252(@TempDir Path home) throws IOException {
    Charset charset = Charset.forName("windows-1252");
    given("euro", (HEADER + "1,\u20ac M\u00fcller,1\n").getBytes(charset), "accepted 1");
    given("undefined_byte", (HEADER + "1,\u0081,1").getBytes(ISO_8859_1), "wrong_encoding 1");
    expectOutcomes(home, "windows-1252");
  }

  @Test
  void utf16(@TempDir Path home) throws IOException {
    given("with_mark", (HEADER + "1,\u00fc,1\n").getBytes(Charset.forName("UTF-16")), "accepted 1");
    given(
        "quoted_newline",
        (HEADER + "1,\"a\nb\",1\n2,b,2").getBytes(Charset.forName("UTF-16")),
        "accepted 2");
    expectOutcomes(home, "UTF-16");
  }

  /** A file that ends too early would lose records: nothing is written, and the file is named. */
  @Test
  void aTruncatedGzipFileStopsTheLoad(@TempDir Path home) throws IOException {
    byte[] whole = gzip(HEADER + "1,a,1\n".repeat(100_000));
    Workbench bench = Workbench.ofSource(home, SOURCE.formatted("UTF-8"));
    bench.land("in/2026-03-01_good.csv", HEADER + "1,a,1\n");
    bench.land("in/2026-03-01_part.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThat(bench.run(DAY)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(bench.warehouse().exists(SalesTables.PRODUCTS)).isFalse();
    assertThat(outcomes(bench).get("in/2026-03-01_part.csv.gz")).contains("unreadable_file 1");
    assertThat(bench.said()).contains("1 files of load_erp_products end too early");
  }

  private void given(String name, String content, String outcome) {
    given(name, content.getBytes(UTF_8), outcome);
  }

  private void given(String name, byte[] content, String outcome) {
    files.put("in/2026-03-01_" + name, new Object[] {content, outcome});
  }

  /** Each file gets keys of its own, so that none hides another's records. */
  private void expectOutcomes(Path home, String encoding) {
    String own =
        SOURCE.formatted(encoding).replace("product_id = id", "product_id = \"concat(_file, id)\"");
    Workbench bench = Workbench.ofSource(home, own);
    Map<String, String> expected = new TreeMap<>();
    files.forEach(
        (path, file) -> {
          bench.land(path, (byte[]) file[0]);
          expected.put(path, (String) file[1]);
        });
    assertThat(bench.run(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    Map<String, String> outcomes = outcomes(bench);
    assertThat(outcomes).containsExactlyInAnyOrderEntriesOf(expected);
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

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
