package crm.export.audience;

import static org.assertj.core.api.Assertions.assertThat;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Files that another parser reads as they were meant, and no spreadsheet as more. */
class CsvFileTest {
  private static final StructType THREE_TEXTS =
      new StructType()
          .add("first", DataTypes.StringType)
          .add("second", DataTypes.StringType)
          .add("third", DataTypes.StringType);

  @Test
  void noTextOfAnyColumnBeginsAFormula() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String payload : Payloads.ALL) {
      for (int column = 0; column < THREE_TEXTS.size(); column++) {
        Object[] cells = {"a", "b", "c"};
        cells[column] = payload;
        rows.add(RowFactory.create(cells));
      }
    }
    List<String[]> read = parsed(written(THREE_TEXTS, rows));
    assertThat(Payloads.ALL).hasSizeGreaterThanOrEqualTo(40);
    assertThat(read).hasSize(1 + rows.size());
    for (int line = 0; line < rows.size(); line++) {
      int hostile = line % THREE_TEXTS.size();
      String[] cells = read.get(1 + line);
      assertThat(cells[hostile]).isEqualTo("'" + rows.get(line).getString(hostile));
      assertThat(cells).hasSize(3).doesNotContainNull();
      assertThat(String.join("", cells).replace(cells[hostile], "")).hasSize(2);
    }
  }

  @Test
  void numbersDatesAndPhonesStayWhatTheyAre() throws IOException {
    StructType schema =
        new StructType()
            .add("phone", DataTypes.StringType)
            .add("whole", DataTypes.LongType)
            .add("money", DataTypes.createDecimalType(18, 2))
            .add("share", DataTypes.DoubleType)
            .add("day", DataTypes.DateType)
            .add("moment", DataTypes.TimestampType)
            .add("flag", DataTypes.BooleanType);
    String text =
        written(
            schema,
            List.of(
                RowFactory.create(
                    "+491711234567",
                    -42L,
                    new BigDecimal("-1234567.80"),
                    -0.5,
                    Date.valueOf("2026-02-01"),
                    Timestamp.from(Instant.parse("2026-02-01T10:00:00Z")),
                    true),
                RowFactory.create(
                    "+14155550102", 0L, BigDecimal.ZERO, Double.NaN, null, null, null)));
    assertThat(text)
        .isEqualTo(
            """
            phone,whole,money,share,day,moment,flag
            "+491711234567",-42,-1234567.80,-0.5,2026-02-01,2026-02-01T10:00:00Z,true
            "+14155550102",0,0,,,,
            """
                .replace("\n", "\r\n")
                .replace("phone,", "\"phone\","));
  }

  /** RFC 4180, 2.5 to 2.7; and an empty text is not a missing one. */
  @Test
  void whatHasQuotesCommasAndLinesIsReadBackAsItWas() throws IOException {
    List<Row> rows =
        List.of(
            RowFactory.create("say \"hi\"", "a,b", "one\r\ntwo"),
            RowFactory.create("", null, "M\u00fcller \ud83d\ude00"));
    String text = written(THREE_TEXTS, rows);
    assertThat(text).contains("\"say \"\"hi\"\"\",\"a,b\",\"one\r\ntwo\"\r\n", "\"\",,");
    List<String[]> read = parsed(text);
    assertThat(read.get(1)).containsExactly("say \"hi\"", "a,b", "one\r\ntwo");
    assertThat(read.get(2)).containsExactly("", null, "M\u00fcller \ud83d\ude00");
  }

  @Test
  void ordinaryTextIsLeftAlone() {
    for (String text :
        List.of("Jane Doe", "a=b", "x@example.com", "5-6", "'quoted", "M\u00fcller", "")) {
      assertThat(CsvFile.guarded(text)).isEqualTo(text);
    }
  }

  private static String written(StructType schema, List<Row> rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(CsvFile.write(rows.iterator(), schema, true, out)).isEqualTo(rows.size());
    return out.toString(StandardCharsets.UTF_8);
  }

  /** By another library than the one that writes. */
  static List<String[]> parsed(String text) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.getFormat().setLineSeparator("\r\n");
    settings.setNormalizeLineEndingsWithinQuotes(false);
    settings.setIgnoreLeadingWhitespaces(false);
    settings.setIgnoreTrailingWhitespaces(false);
    settings.setEmptyValue("");
    return new CsvParser(settings).parseAll(new StringReader(text));
  }
}
