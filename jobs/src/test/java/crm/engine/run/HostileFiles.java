package crm.engine.run;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files as real sources deliver them, each with what is to become of its records: products as
 * delimited text ({@code csv_}), orders as JSON lines ({@code json_}), order lines as a European
 * program exports them, with more around the table ({@code export_}).
 */
final class HostileFiles {
  /** In every file that has text, and never to be seen where it does not belong. */
  static final String SECRET = "Zyxwvu";

  static final String HEADER = "id,name,price\n";

  /**
   * A file.
   *
   * @param outcome as {@code accepted 2, too_few_fields 1}; empty where there are no records
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Hostile(byte[] content, String outcome) {}

  private final Charset charset;
  private final Map<String, Hostile> files = new LinkedHashMap<>();

  private HostileFiles(Charset charset) {
    this.charset = charset;
  }

  /** The files whose text is written in an encoding, by name. */
  static Map<String, Hostile> in(Charset charset) {
    HostileFiles hostile = new HostileFiles(charset);
    hostile.structure();
    hostile.quoting();
    hostile.values();
    hostile.keys();
    hostile.compression();
    hostile.json();
    hostile.moments();
    hostile.exports();
    if (charset.equals(UTF_8)) {
      hostile.bytes();
      hostile.sizes();
    }
    return hostile.files;
  }

  private void structure() {
    csv("plain", HEADER + "1,Zyxwvu,1.5\n2,b,2\n", "accepted 2");
    csv("no_newline_at_the_end", HEADER + "1,Zyxwvu,1.5\n2,b,2", "accepted 2");
    csv("crlf", "id,name,price\r\n1,Zyxwvu,1.5\r\n2,b,2\r\n", "accepted 2");
    csv("cr", "id,name,price\r1,Zyxwvu,1.5\r2,b,2\r", "accepted 2");
    csv("mixed_line_ends", "id,name,price\r\n1,Zyxwvu,1.5\n2,b,2\r3,c,3", "accepted 3");
    csv("blank_lines", HEADER + "\n1,Zyxwvu,1.5\n\n\n2,b,2\n\n", "accepted 2");
    csv("empty", "", "");
    csv("header_only", HEADER, "");
    csv("too_short", HEADER + "1,Zyxwvu\n2,b,2\n", "accepted 1, too_few_fields 1");
    csv("too_long", HEADER + "1,Zyxwvu,1,1\n2,b,2\n", "accepted 1, too_many_fields 1");
    csv("fifty_too_many", HEADER + "1,Zyxwvu,1" + ",x".repeat(50) + "\n", "too_many_fields 1");
    csv("trailing_delimiter", HEADER + "1,Zyxwvu,1,\n", "too_many_fields 1");
    csv("reordered", "price,id,name\n1.5,1,Zyxwvu\n", "accepted 1");
    csv("unknown_column", "id,colour,name,price\n1,red,Zyxwvu,1.5\n", "accepted 1");
    csv("missing_column", "id,price\n1,1.5\n2,2\n", "missing_column 2");
    csv("duplicated_column", "id,name,price,Price\n1,Zyxwvu,1,2\n", "duplicate_column 1");
    csv("column_twice_by_blanks", "id,name,price, price \n1,Zyxwvu,1,2\n", "duplicate_column 1");
    csv("shouting_header", " ID ,Name,PRICE\n1,Zyxwvu,1.5\n", "accepted 1");
    csv(
        "repeated_header",
        HEADER + "1,Zyxwvu,1\n" + HEADER + "2,b,2\n",
        "accepted 2, repeated_header 1");
    csv(
        "repeated_header_of_other_case",
        HEADER + "1,Zyxwvu,1\nID, Name,PRICE\n2,b,2\n",
        "accepted 2, repeated_header 1");
    csv("no_header", "1,Zyxwvu,1.5\n2,b,2\n", "missing_column 1");
    csv("sep_line", "sep=,\nid,name,price\n1,Zyxwvu,1\n", "missing_column 2");
    csv("many_columns", "id,name,price," + "x,".repeat(4996) + "y\n", "");
    csv("long_column_name", "id,name,price," + "n".repeat(300) + "\n1,Zyxwvu,1,2\n", "accepted 1");
    csv("blank_column_name", "id,name,price,\n1,Zyxwvu,1,2\n", "accepted 1");
    csv(
        "odd_column_names",
        "id,name,price,_rescued,a.b,`,__proto__\n1,Zyxwvu,1,2,3,4,5\n",
        "accepted 1");
    csv("name with blank, 100% #1 [x] {y}", HEADER + "1,Zyxwvu,4\n", "accepted 1");
    csv("\u00fc \ud83d\ude00.csv", HEADER + "1,Zyxwvu,4.5\n", "accepted 1");
  }

  private void quoting() {
    csv("quoted_newline", HEADER + "1,\"Zyxwvu\nb\",1.5\n2,b,2\n", "accepted 2");
    csv("quoted_cr", HEADER + "1,\"Zyxwvu\rb\",1.5\n", "accepted 1");
    csv("quoted_delimiter", HEADER + "1,\"Zyxwvu, b\",1.5\n", "accepted 1");
    csv("doubled_quotes", HEADER + "1,\"5\"\" Zyxwvu\",1.5\n", "accepted 1");
    csv("backslash_quotes", HEADER + "1,\"5\\\" Zyxwvu\",1.5\n2,b,2\n", BACKSLASH);
    csv("quote_within", HEADER + "1,5\" Zyxwvu,1.5\n", "accepted 1");
    csv("unclosed_quote", HEADER + "1,\"Zyxwvu,1\n2,b,2\n3,c,3\n", "accepted 2, unclosed_quote 1");
    csv("text_after_quote", HEADER + "1,\"Zyxwvu\"b,1\n2,b,2\n", "accepted 1, text_after_quote 1");
  }

  /** RFC 4180 knows no backslash: the quote closes the field, and text follows. */
  private static final String BACKSLASH = "accepted 1, text_after_quote 1";

  private void values() {
    csv(
        "not_a_number",
        HEADER + "1,Zyxwvu,$5\n2,b,NaN\n3,c,Infinity\n4,d,1e400\n5,e,1_000\n6,f,0x10\n",
        "not_a_decimal 6");
    csv("german_number", HEADER + "1,Zyxwvu,\"1.234,56\"\n", "not_a_decimal 1");
    csv("thousands", HEADER + "1,Zyxwvu,\"1,234.56\"\n", "not_a_decimal 1");
    csv("too_precise", HEADER + "1,Zyxwvu,0.12345\n2,b,0.1234\n", "accepted 1, not_a_decimal 1");
    csv("too_great", HEADER + "1,Zyxwvu," + "9".repeat(39) + "\n", "not_a_decimal 1");
    csv("power_of_two", HEADER + "1,Zyxwvu,9223372036854775808\n", "not_a_decimal 1");
    csv("negative", HEADER + "1,Zyxwvu,-0.01\n2,b,-0\n", "accepted 1, price_not_negative 1");
    csv("leading_zeros", HEADER + "1,Zyxwvu,007\n2,b,1e2\n", "accepted 2");
    csv("nul_byte", HEADER + "1,Zyx\0wvu,1\n2\0,b,2\n3,c,3\n", "accepted 1, nul_in_text 2");
    csv("formula", HEADER + "1,=HYPERLINK(0),1\n2,@SUM,2\n3,\"\t=1\",3\n", "accepted 3");
    csv("markup", HEADER + "1,<script>alert(1)</script>,1\n2,{{7*7}},2\n", "accepted 2");
    csv("long_name", HEADER + "1," + SECRET.repeat(2000) + ",1\n", "accepted 1");
    csv("odd_letters", HEADER + "1,\u0130\u0131 e\u0301 \u202e\u200b,1\n", "accepted 1");
  }

  private void keys() {
    csv("blank_key", HEADER + ",Zyxwvu,1\n  ,b,2\n", "missing_value 2");
    csv("words_like_nothing", HEADER + "NULL,Null,1\nnull,null,2\n007,007,3\n", "accepted 3");
    csv("key_of_other_case", HEADER + "a1,Zyxwvu,1\nA1,b,2\n", "accepted 2");
    csv("same_record_twice", HEADER + "1,Zyxwvu,1\n1,Zyxwvu,1\n", "accepted 1, duplicate 1");
    csv("same_key_twice", HEADER + "1,Zyxwvu,1\n1,b,1\n", "accepted 1, collapsed 1");
  }

  private void compression() {
    byte[] text = (HEADER + "1,Zyxwvu,1\n").getBytes(charset);
    csv("gzip.csv.gz", gzip(text), "accepted 1");
    csv("gzip_without_the_name", gzip((HEADER + "1,Zyxwvu,2\n").getBytes(charset)), "accepted 1");
    csv("plain.csv.gz", HEADER + "1,Zyxwvu,3\n", "accepted 1");
    csv(
        "zstandard.csv.zst",
        Zstd.compress((HEADER + "1,Zyxwvu,6\n").getBytes(charset)),
        "accepted 1");
  }

  private void json() {
    json("plain", order("1", "2026-03-01 10:00:00"), "accepted 1");
    json("escapes", order("\\u0031\\n", "2026-03-01 10:00:00"), "accepted 1");
    json("number_as_id", "{\"id\":9007199254740993,\"at\":\"2026-03-01\"}\n", "accepted 1");
    json(
        "same_id_as_text",
        "{\"id\":1,\"at\":\"2026-03-01\"}\n{\"id\":\"1\",\"at\":\"2026-03-01\"}\n",
        "accepted 1, duplicate 1");
    json(
        "unknown_fields",
        "{\"id\":\"1\",\"at\":\"2026-03-01\",\"__proto__\":{\"x\":[1]}}\n",
        "accepted 1");
    json(
        "nested_customer",
        "{\"id\":\"1\",\"at\":\"2026-03-01\",\"customer\":{\"x\":1}}\n",
        "accepted 1");
    json("nul", order("1\\u0000", "2026-03-01"), "nul_in_text 1");
    json("no_id", "{\"at\":\"2026-03-01\",\"customer\":\"Zyxwvu\"}\n", "missing_value 1");
    json("nothing", "{}\n", "missing_value 1");
    json("duplicate_key", "{\"id\":\"1\",\"id\":\"Zyxwvu\"}\n", "duplicate_column 1");
    json("deep", "{\"id\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}\n", "malformed_json 1");
    json("not_a_number", "{\"id\":NaN,\"at\":\"Zyxwvu\"}\n", "malformed_json 1");
    json("scalar", "5\n", "malformed_json 1");
    json("two_on_a_line", "{\"id\":\"Zyxwvu\"} {\"id\":\"2\"}\n", "malformed_json 1");
    json(
        "array",
        "[\n{\"id\":\"Zyxwvu\"},\n{\"id\":\"2\"}\n]\n",
        "malformed_json 3, missing_value 1");
    json("truncated", order("1", "2026-03-01") + "{\"id\":\"Zyxw", "accepted 1, malformed_json 1");
    json("single_quotes", "{'id':'Zyxwvu'}\n", "malformed_json 1");
  }

  private void moments() {
    moment("leap_day", "2024-02-29", "accepted 1");
    moment("no_leap_day", "2023-02-29", "not_a_timestamp 1");
    moment("year_one", "0001-01-01 00:00:00", "early_event_date 1");
    moment("before_the_calendar", "1582-10-10", "early_event_date 1");
    moment("last_century_but_one", "1850-01-01", "early_event_date 1");
    moment("day_before_the_earliest", "1969-12-31 23:59:59", "early_event_date 1");
    moment("earliest", "1970-01-01", "accepted 1");
    moment("minus_infinity", "-infinity", "not_a_timestamp 1");
    moment("far_future", "9999-12-31", "future_event_date 1");
    moment("next_week", "2026-03-08", "future_event_date 1");
    moment("tomorrow", "2026-03-02 10:00:00", "accepted 1");
    moment("hour_24", "2026-02-01 24:00:00", "not_a_timestamp 1");
    moment("leap_second", "2016-12-31 23:59:60", "not_a_timestamp 1");
    moment("seconds", "1767225600", "not_a_timestamp 1");
    moment("milliseconds", "1767225600000", "not_a_timestamp 1");
    moment("two_digit_year", "26-02-01", "not_a_timestamp 1");
    moment("day_first", "01/02/2026", "not_a_timestamp 1");
    moment("offset", "2026-02-01T10:00:00+05:45", "accepted 1");
    moment("zone", "2026-02-01 10:00:00 Europe/London", "accepted 1");
    moment("zone_of_two_meanings", "2026-07-01 10:00:00 BST", "not_a_timestamp 1");
    moment("full_width", "\uff12\uff10\uff12\uff16-02-01", "not_a_timestamp 1");
    moment("word", "now", "not_a_timestamp 1");
    moment("blank", " ", "missing_value 1");
  }

  /** A line before the table, a total behind it, and orders between their lines. */
  private void exports() {
    export(
        "kinds",
        "H;1;2026-03-01\nL;1;1;\"Zyxwvu\";2;\"1.234,50\"\nL;1;2;\\N;1;12\nTotal;1246,50\n",
        "accepted 2, filtered 2");
    export("kinds_of_equal_length", "H;1;x;y;none;w\nL;1;1;a;1;2,5\n", "accepted 1, filtered 1");
    export("ragged", "L;1;1;a;1\nL;1;2;a;1;2;3\n", "too_few_fields 1, too_many_fields 1");
    export("quotes", "L;1;1;\"5\\\" Zyxwvu; \\\\\";1;1\nL;1;2;\"a\nb\";1;1\n", "accepted 2");
    export("nothing", "L;\\N;1;a;1;1\nL;1;1;NULL;NULL;1\n", "missing_value 2");
    export("points", "L;1;1;a;1;12.50\nL;1;2;a;1;1.23,4\n", "not_a_decimal 2");
    export("total_in_the_middle", "Total;1\nL;1;1;a;1;1\nTotal;1\n", "accepted 1, filtered 2");
    export("its_header", "Kind;order;LINE;sku;qty;amount\n", "repeated_header 1");
    export("nothing_but_a_title", "", "");
  }

  /** What is wrong in bytes rather than in text. */
  private void bytes() {
    csv(
        "repeated_header_with_mark",
        "\uFEFF" + HEADER + "1,Zyxwvu,1\n\uFEFF" + HEADER + "2,b,2\n",
        "accepted 2, repeated_header 1");
    csv("byte_order_mark", "\uFEFF" + HEADER + "1,Zyxwvu,1.5\n", "accepted 1");
    csv("full_width_digits", HEADER + "1,Zyxwvu,\uff11\uff12\n", "accepted 1");
    csv("mark_in_the_middle", HEADER + "\uFEFF1,Zyxwvu,1.5\n", "accepted 1");
    csv(
        "wrong_bytes",
        (HEADER + "1,M\u00fcller,1\n2,b,2\n").getBytes(ISO_8859_1),
        "accepted 1, wrong_encoding 1");
    csv("overlong", (HEADER + "1,\u00C0\u00AF,1").getBytes(ISO_8859_1), "wrong_encoding 1");
    csv("utf16_in_utf8", (HEADER + "1,b,1").getBytes(UTF_16), "missing_column 1");
    csv("zip.csv.zip", zip(HEADER + "1,Zyxwvu,1\n"), "wrong_encoding 2");
    byte[] member = gzip((HEADER + "1,Zyxwvu,4\n").getBytes(UTF_8));
    byte[] second = gzip("2,b,4\n".getBytes(UTF_8));
    csv("two_members.gz", joined(member, second), "accepted 2");
    csv("garbage_behind.gz", joined(member, "garbage".getBytes(UTF_8)), "accepted 1");
  }

  private void sizes() {
    csv("long_field", HEADER + "1," + "x".repeat(1_000_000) + ",1\n2,b,2\n", "accepted 2");
    csv(
        "endless_field",
        HEADER + "1," + "x".repeat(64_000_000) + ",1\n2,b,2\n",
        "accepted 1, record_too_long 1");
    csv(
        "endless_quoted_field",
        HEADER + "1,\"" + "x".repeat(2_000_000) + "\",1\n2,b,2\n",
        "accepted 1, record_too_long 1");
    csv(
        "ten_million_fields",
        HEADER + ",".repeat(10_000_000) + "\n2,b,2\n",
        "accepted 1, record_too_long 1");
  }

  private void export(String name, String table, String outcome) {
    String text = "Lines of \"today\n" + table;
    files.put("export_" + name, new Hostile(text.getBytes(charset), outcome));
  }

  private void moment(String name, String moment, String outcome) {
    json("moment_" + name, order("1", moment), outcome);
  }

  private static String order(String id, String moment) {
    return "{\"id\":\"%s\",\"customer\":\"%s\",\"at\":\"%s\"}\n".formatted(id, SECRET, moment);
  }

  private void json(String name, String text, String outcome) {
    files.put("json_" + name, new Hostile(text.getBytes(charset), outcome));
  }

  private void csv(String name, String text, String outcome) {
    csv(name, text.getBytes(charset), outcome);
  }

  private void csv(String name, byte[] content, String outcome) {
    files.put("csv_" + name, new Hostile(content, outcome));
  }

  private static byte[] joined(byte[] one, byte[] other) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(one);
    bytes.writeBytes(other);
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] zip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("products.csv"));
      zip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
