package crm.engine.run;

import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.ExitCode;
import crm.warehouse.tables.ops.OpsTables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that tell the types of their columns, as other systems write them, beside text. */
class ColumnarFilesTest {
  private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

  /** Spark takes some of these for patterns, hides some, and spells others in another way. */
  private static final List<String> ODD_NAMES =
      List.of(
          "o_2026-03-01.x",
          "o_2026-03-01 (1).x",
          "_o_2026-03-01.x",
          ".o_2026-03-01.x",
          "[1]o_2026-03-01.x",
          "{a,b}*?o_2026-03-01.x",
          "100%25 #1?o=1&_2026-03-01.x",
          "\u00fc\ud83d\ude00 +o_2026-03-01.x",
          "back\\slash'\"o_2026-03-01.x");

  @TempDir private Path home;

  /** Each file holds as many records as its place in the list; each format has a feed. */
  @Test
  void everyFileIsReadToItsLastRecordWhateverItsName() throws IOException {
    Map<String, Long> expected = new TreeMap<>();
    for (String format : List.of("csv", "json", "parquet", "orc")) {
      for (int i = 0; i < ODD_NAMES.size(); i++) {
        String path = "in [x]/" + format + "/d=1/" + ODD_NAMES.get(i);
        Files.createDirectories(home.resolve("landing").resolve(path).getParent());
        Files.copy(ids(format, path, i + 1), home.resolve("landing").resolve(path));
        expected.put(path, i + 1L);
      }
    }
    Workbench bench =
        Workbench.ofSource(
            home,
            oneFeed("csv", "delimited"),
            oneFeed("json", "json"),
            oneFeed("parquet", "parquet"),
            oneFeed("orc", "orc"));
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    Map<String, Long> counted = new TreeMap<>();
    bench
        .stored(OpsTables.FILE_LOADS)
        .collectAsList()
        .forEach(row -> counted.put(row.getAs("file"), row.getAs("records_in")));
    assertThat(counted).containsExactlyEntriesOf(expected);
    assertThat(bench.stored(PRODUCTS).count()).isEqualTo(4 * 45);
  }

  private static String oneFeed(String name, String type) {
    return """
    source = %s
    feeds.products {
      files = "in [x]/%s/d=*/*{date}*"
      format { type = %s }
      tables.products.columns { product_id = "concat(_file, id)", name = id }
    }
    """
        .formatted(name, name, type);
  }

  private Path ids(String format, String seed, int records) throws IOException {
    if (format.equals("parquet") || format.equals("orc")) {
      return SparkFiles.one(
          Sessions.small()
              .range(records)
              .selectExpr("cast(id as string) id", "'" + seed.length() + "' x"),
          format,
          home.resolve("aside"));
    }
    StringBuilder text = new StringBuilder(format.equals("csv") ? "id\n" : "");
    for (int i = 0; i < records; i++) {
      text.append(format.equals("csv") ? i + "\n" : "{\"id\":" + i + "}\n");
    }
    return Files.writeString(home.resolve("aside.txt"), text);
  }

  /** A name that is listed and does not open; other feeds of the folder go on. */
  @Test
  void aFileThatDoesNotOpenIsNamed() throws IOException {
    Workbench bench =
        Workbench.ofSource(home, feed("parquet"), feed("json").replace("erp", "shop"));
    bench.land("in/2026-03-01_x.json", "{\"id\":\"1\"}\n");
    for (String name : List.of("2026-03-01_a:b.parquet", "2026-03-01_gone.parquet")) {
      Path file = home.resolve("landing/in").resolve(name);
      Files.createSymbolicLink(file, home.resolve("nowhere"));
      assertThat(bench.load(DAY)).isEqualTo(ExitCode.QUALITY_GATE);
      assertThat(bench.said()).contains("in/" + name + " cannot be opened", "Rename it");
      Files.delete(file);
    }
    assertThat(bench.rows(PRODUCTS, "product_id")).containsExactly("1");
  }

  private static String feed(String type) {
    return """
    source = erp
    max-rejected-percent = 100
    feeds.products {
      files = "in/{date}*.%s"
      format { type = %s }
      optional = [price]
      tables.products.columns { product_id = id, name = name, list_price = price }
    }
    """
        .formatted(type, type);
  }

  private static final String VALUES =
      """
      source = SOURCE
      feeds.lines {
        ORIGIN
        tables.order_lines.columns {
          order_id = id, line_id = line, product_id = sku, quantity = qty, line_amount = amount
        }
      }
      feeds.orders {
        ORIGIN
        tables.orders.columns {
          order_id = id, customer_id = customer, ordered_at = at, status = "'placed'", channel = tags
        }
      }
      """;

  /** One purchase with an awkward value of each type, and one of which nothing is known. */
  @Test
  void equalValuesAreEqualRowsInEveryFormat() throws IOException, SQLException {
    String h2 = "jdbc:h2:mem:values;DB_CLOSE_DELAY=-1";
    Path landing = Files.createDirectories(home.resolve("landing/in"));
    Files.writeString(
        landing.resolve("2026-03-01.csv"),
        """
        id,line,sku,qty,amount,customer,at,tags
        12345678,7, a b  ,3,19.50,4711,2026-02-28 23:30:00.123456,"{""a"":[1,null,""x""]}"
        2,1,p,1,0.10,,2026-02-28 10:00:00,
        """);
    String point = "\"at\":\"2026-02-28 23:30:00.123456\"";
    Files.writeString(
        landing.resolve("2026-03-01.json"),
        "{\"id\":1.2345678E7,\"line\":7,\"sku\":\" a b \",\"qty\":3.0,\"amount\":19.50,"
            + ("\"customer\":4711.0," + point + ",\"tags\":{\"a\":[1,null,\"x\"]}}\n")
            + "{\"id\":2,\"line\":1,\"sku\":\"p\",\"qty\":1,\"amount\":0.1,"
            + "\"customer\":null,\"at\":\"2026-02-28 10:00:00\",\"tags\":null}\n");
    for (String format : List.of("parquet", "orc")) {
      Files.copy(
          SparkFiles.one(
              Sessions.small()
                  .sql(
                      """
                      select * from values
                        (12345678D, 7S, concat(' a b', char(9), char(13)), 3D, 19.50BD, 4711F, timestamp_ntz'2026-02-28 23:30:00.123456',
                          '{"a":[1,null,"x"]}'),
                        (2D, 1S, 'p', 1D, 0.10BD, float('NaN'), timestamp_ntz'2026-02-28 10:00:00', null)
                      as t(id, line, sku, qty, amount, customer, at, tags)
                      """),
              format,
              home.resolve("aside")),
          landing.resolve("2026-03-01." + format));
    }
    try (Connection connection = DriverManager.getConnection(h2, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "create table purchases(id double, line smallint, sku varchar(9), qty numeric(20,10),"
              + " amount numeric(9,2), customer real, at timestamp, tags varchar(30))");
      statement.execute(
          "insert into purchases values (12345678, 7, concat(' a b', char(9)), 3, 19.5, 4711,"
              + " timestamp '2026-02-28 23:30:00.123456', '{\"a\":[1,null,\"x\"]}'),"
              + " (2, 1, 'p', 1, 0.1, null, timestamp '2026-02-28 10:00:00', null)");
    }
    List<String> sources = new ArrayList<>();
    for (String format : List.of("csv", "json", "parquet", "orc")) {
      String type = format.equals("csv") ? "delimited" : format;
      sources.add(
          VALUES
              .replace("SOURCE", format)
              .replace(
                  "ORIGIN",
                  "files = \"in/{date}." + format + "\", format { type = " + type + " }"));
    }
    sources.add(
        VALUES
            .replace("SOURCE", "jdbc")
            .replace(
                "ORIGIN",
                "copy { table = purchases, jdbc { url = \""
                    + h2
                    + "\", user = sa, password-from = \"\" } }"));
    Workbench.ofSource(home, sources.toArray(String[]::new));
    Workbench bench =
        new Workbench(home, "sources = [csv, json, parquet, orc, jdbc], time-zone = Europe/Berlin");
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    for (String source : List.of("csv", "json", "parquet", "orc", "jdbc")) {
      assertThat(of(bench, source, "order_lines"))
          .as(source)
          .containsExactly("12345678|7|a b|3|19.5000", "2|1|p|1|0.1000");
      assertThat(of(bench, source, "orders"))
          .as(source)
          .containsExactly(
              "12345678|4711|2026-02-28 22:30:00.123456|{\"a\":[1,null,\"x\"]}",
              "2|null|2026-02-28 09:00:00.0|null");
    }
  }

  private static List<String> of(Workbench bench, String source, String table) {
    return RowLines.sorted(
        table.equals("orders")
            ? bench
                .stored(ORDERS)
                .where("source = '" + source + "'")
                .select("order_id", "customer_id", "ordered_at", "channel")
            : bench
                .stored(ORDER_LINES)
                .where("source = '" + source + "'")
                .select("order_id", "line_id", "product_id", "quantity", "line_amount"));
  }

  /** Whole numbers, then with a gap; decimals of other scale; a column that is empty for a day. */
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc"})
  void filesOfOtherTypesAreReadDayByDayAsInOnePass(String format) throws IOException {
    Workbench bench = Workbench.ofSource(home, feed(format));
    Files.createDirectories(home.resolve("landing/in"));
    List<String> days =
        List.of(
            "select 1L id, 'a' name, 1.5BD price, 1 other",
            "select * from values (2D, '7', 1.2500BD, 'x'), (double('NaN'), 'b', 2, 'y')"
                + " t(id, name, price, other)",
            "select '3' id, cast(null as int) name, 5 price, array(1) other",
            "select 4.00BD id, true name, '6' price, date'2026-01-01' other",
            "select 5 ID, 'e' NAME");
    for (int day = 0; day < days.size(); day++) {
      Files.copy(
          SparkFiles.one(Sessions.small().sql(days.get(day)), format, home.resolve("aside")),
          home.resolve("landing/in/" + DAY.plusDays(day) + "." + format));
    }
    for (int day = 0; day < days.size(); day++) {
      assertThat(bench.load(DAY.plusDays(day))).as(bench.said()).isEqualTo(ExitCode.OK);
    }
    List<String> dayByDay = bench.rows(PRODUCTS);
    assertThat(bench.rows(PRODUCTS, "product_id", "name", "list_price"))
        .containsExactly("1|a|1.5000", "2|7|1.2500", "3|null|5.0000", "4|true|6.0000", "5|e|null");
    assertThat(bench.load(DAY, DAY.plusDays(days.size() - 1))).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS)).isEqualTo(dayByDay);
    assertThat(bench.rows(OpsTables.REJECTED_ROWS, "reason", "raw_record"))
        .containsOnly("missing_value|{\"id\":null,\"name\":\"b\",\"price\":2,\"other\":\"y\"}");
  }

  private static final List<String> NAMES_OF_OURS =
      List.of(
          "_deleted",
          "_currency",
          "logical_date",
          "file",
          "_metadata",
          "_path",
          "record",
          "row_hash",
          "_raw",
          "_problem",
          "_problem_column",
          "_where",
          "_sequence",
          "_given_name",
          "_found",
          "_own_date",
          "_slot",
          "_rank",
          "_stored_product_id",
          "_outcome",
          "is_deleted",
          "sequence",
          "source",
          "product_id",
          "name",
          "path",
          "logical_month",
          "col",
          "key");

  @ParameterizedTest
  @ValueSource(strings = {"csv", "json", "parquet", "orc"})
  void fieldsMayBeCalledAsOurs(String format) throws IOException {
    List<String> names = new ArrayList<>();
    NAMES_OF_OURS.forEach(name -> names.add("`" + name + "`"));
    Workbench bench =
        Workbench.ofSource(
            home,
            """
            source = erp
            feeds.products {
              files = "in/{date}*"
              format { type = %s }
              logical-date = "substring(coalesce(_own_date, '2026-03-01'), 1, 10)"
              tables.products {
                where = "_where = 'v'", sequence = "try_cast(_sequence as bigint)"
                deleted = "_deleted = 'yes'"
                columns { product_id = record, name = "concat(%s)", category = logical_date }
              }
            }
            """
                .formatted(format.equals("csv") ? "delimited" : format, String.join(", ", names)));
    Path file = home.resolve("landing/in/2026-03-01." + format);
    Files.createDirectories(file.getParent());
    List<String> value = NAMES_OF_OURS.stream().map(ColumnarFilesTest::valueOf).toList();
    if (format.equals("csv")) {
      Files.writeString(
          file, String.join(",", NAMES_OF_OURS) + "\n" + String.join(",", value) + "\n");
    } else {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        fields.add(
            format.equals("json")
                ? "\"%s\":\"%s\"".formatted(NAMES_OF_OURS.get(i), value.get(i))
                : "'%s' as `%s`".formatted(value.get(i), NAMES_OF_OURS.get(i)));
      }
      if (format.equals("json")) {
        Files.writeString(file, "{" + String.join(",", fields) + "}\n");
      } else {
        Files.copy(
            SparkFiles.one(
                Sessions.small().sql("select " + String.join(", ", fields)),
                format,
                home.resolve("aside")),
            file);
      }
    }
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "product_id", "name", "category", "is_deleted"))
        .containsExactly("v|" + String.join("", value) + "|v|false");
  }

  private static String valueOf(String name) {
    return switch (name) {
      case "_sequence" -> "5";
      case "_own_date" -> "2026-03-01";
      default -> "v";
    };
  }

  private static final String ODD_TYPES =
      """
      message m {
        required int32 id;
        optional int64 nanos (TIMESTAMP(NANOS,false));
        optional int64 point (TIMESTAMP(NANOS,true));
        optional int32 time (TIME(MILLIS,true));
        optional fixed_len_byte_array(16) uuid (UUID);
        optional fixed_len_byte_array(2) half (FLOAT16);
        optional int64 unsigned (INTEGER(64,false));
        optional double big;
        optional binary bytes;
        optional binary Note (STRING);
        optional binary note (STRING);
        optional fixed_len_byte_array(12) span (INTERVAL);
        optional group list (LIST) { repeated group list { optional int32 element; } }
        optional group map (MAP) {
          repeated group key_value { required binary key (STRING); optional double value; }
        }
        optional group struct { optional int32 a; optional binary b (STRING); }
        repeated int32 many;
      }
      """;

  private static void oddTypes(Path file) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType(ODD_TYPES);
    SimpleGroupFactory rows = new SimpleGroupFactory(schema);
    Files.createDirectories(file.getParent());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(schema)
            .withConf(new Configuration())
            .build()) {
      Group row =
          rows.newGroup()
              .append("id", 1)
              .append("nanos", 1_772_317_800_123_456_789L)
              .append("point", -1L)
              .append("time", 37_815_250)
              .append("uuid", bytes("0123456789abcdef"))
              .append("half", Binary.fromConstantByteArray(new byte[] {0x66, 0x2e}))
              .append("unsigned", -1L)
              .append("big", 9_007_199_254_740_992.0)
              .append("bytes", Binary.fromConstantByteArray(new byte[] {(byte) 0xff}))
              .append("Note", "upper")
              .append("note", "lower")
              .append("span", bytes("123456789012"))
              .append("many", 1)
              .append("many", 2);
      Group list = row.addGroup("list");
      list.addGroup("list").append("element", 1);
      list.addGroup("list");
      row.addGroup("map").addGroup("key_value").append("key", "k").append("value", 3.0);
      row.addGroup("struct").append("a", 1);
      writer.write(row);
    }
  }

  private static Binary bytes(String ascii) {
    return Binary.fromConstantByteArray(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void oddTypesAreReadAsTextOrTold() throws IOException {
    oddTypes(home.resolve("landing/in/2026-03-01.parquet"));
    String all =
        "concat_ws('|', nanos, point, `time`, uuid, half, unsigned, note, `list`, `map`, `struct`,"
            + " many)";
    Workbench bench = Workbench.ofSource(home, mapping(all, "id"));
    assertThat(bench.load(DAY)).as(bench.said()).isEqualTo(ExitCode.OK);
    assertThat(bench.rows(PRODUCTS, "name"))
        .containsExactly(
            "2026-02-28 22:30:00.123456|1969-12-31 23:59:59.999999Z|10:30:15.25"
                + "|30313233-3435-3637-3839-616263646566|0.1|18446744073709551615|lower"
                + "|[1,null]|{\"k\":3}|{\"a\":1,\"b\":null}|[1,2]");
    Workbench told = Workbench.ofSource(home, mapping("span", "id"));
    assertThat(told.load(DAY)).isEqualTo(ExitCode.QUALITY_GATE);
    assertThat(told.said()).contains("Column 'span'", "of type INTERVAL", "as text");
    Workbench rejecting = Workbench.ofSource(home, mapping("bytes", "big"));
    assertThat(rejecting.load(DAY)).isEqualTo(ExitCode.OK);
    Workbench alsoRejecting = Workbench.ofSource(home, mapping("bytes", "id"));
    assertThat(alsoRejecting.load(DAY)).isEqualTo(ExitCode.OK);
    Workbench ambiguous = Workbench.ofSource(home, mapping("NOTE", "id"));
    assertThat(ambiguous.load(DAY)).isEqualTo(ExitCode.OK);
    assertThat(ambiguous.rows(OpsTables.REJECTED_ROWS, "reason", "column"))
        .containsExactlyInAnyOrder(
            "inexact_number|big", "wrong_encoding|bytes", "duplicate_column|NOTE");
  }

  private static String mapping(String name, String id) {
    return """
    source = erp
    max-rejected-percent = 100
    feeds.products {
      files = "in/{date}*", format { type = parquet }
      tables.products.columns { product_id = %s, name = "%s" }
    }
    """
        .formatted(id, name);
  }
}
