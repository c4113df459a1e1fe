package crm.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import crm.ingest.source.Format;
import crm.ingest.source.ValueFormat;
import crm.ingest.text.RawRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields are found by name, whatever the order, and never by position. */
class RecordParserTest {
  private static final Format CSV = new Format(Format.Type.DELIMITED, ',', '"', "UTF-8", List.of());
  private static final Format JSON = new Format(Format.Type.JSON, ',', '"', "UTF-8", List.of());
  private static final Format EXPORT =
      new Format(
          Format.Type.DELIMITED,
          ';',
          '"',
          '\\',
          "UTF-8",
          List.of("id", "name"),
          0,
          "Total;.*",
          List.of(),
          ValueFormat.ISO);

  @Test
  void columnsMayComeInAnyOrderWithOthersBetween() {
    RecordParser parser = csv("name,more,id");
    assertThat(parse(parser, "Ann,x,7")).isEqualTo(fields("7", "Ann"));
  }

  @Test
  void headersMatchWhateverTheirCaseBlanksAndUnicodeForm() {
    RecordParser parser =
        new RecordParser(CSV, List.of("id", "Stra\u00dfe", "caf\u00e9"), Set.of());
    parser.parse(new RawRecord(" ID ,stra\u00dfe,CAFE\u0301", null));
    assertThat(parse(parser, "1,a,b")).isEqualTo(fields("1", "a", "b"));
  }

  @Test
  void blankFieldsAreNullAndOthersTrimmed() {
    assertThat(parse(csv("id,name"), "  7 ,   ")).isEqualTo(fields("7", null));
    assertThat(parse(csv("id,name"), "\" 7 \",\"\"")).isEqualTo(fields("7", null));
  }

  @Test
  void wordsThatLookLikeNothingAreWords() {
    assertThat(parse(csv("id,name"), "007,Null")).isEqualTo(fields("007", "Null"));
  }

  @Test
  void raggedRecordsAreBroken() {
    assertThat(parse(csv("id,name"), "1")).isEqualTo(broken("too_few_fields", null));
    assertThat(parse(csv("id,name"), "1,a,b")).isEqualTo(broken("too_many_fields", null));
  }

  @Test
  void aColumnThatIsUsedAndMissingBreaksEveryRecordUnlessItIsOptional() {
    assertThat(parse(csv("id"), "1")).isEqualTo(broken("missing_column", "name"));
    RecordParser lenient = new RecordParser(CSV, List.of("id", "name"), Set.of("name"));
    lenient.parse(new RawRecord("id", null));
    assertThat(parse(lenient, "1")).isEqualTo(fields("1", null));
  }

  @Test
  void aColumnThatIsUsedAndStandsTwiceBreaksEveryRecord() {
    assertThat(parse(csv("id,name,Name"), "1,a,b")).isEqualTo(broken("duplicate_column", "name"));
    assertThat(parse(csv("id,name,x,x"), "1,a,b,c")).isEqualTo(fields("1", "a"));
  }

  @Test
  void aHeaderInTheMiddleIsNoRow() {
    assertThat(parse(csv("id,name"), "id,name")).isEqualTo(broken("repeated_header", null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ID,name", " id ,NAME", "\"id\",\"name\""})
  void aHeaderInTheMiddleIsNoRowHoweverItIsWritten(String header) {
    assertThat(parse(csv("id,name"), header)).isEqualTo(broken("repeated_header", null));
  }

  @Test
  void quotedFieldsLoseTheirQuotes() {
    assertThat(parse(csv("id,name"), "\"7\",\"a, \"\"b\"\"\nc\""))
        .isEqualTo(fields("7", "a, \"b\"\nc"));
    assertThat(parse(csv("id,name"), "7,5\" pipe")).isEqualTo(fields("7", "5\" pipe"));
    assertThat(parse(csv("id,name"), "\"\",\"a\"")).isEqualTo(fields(null, "a"));
  }

  @Test
  void anEscapedQuoteIsTextAndOtherBackslashesAre() {
    RecordParser parser = new RecordParser(EXPORT, List.of("id", "name"), Set.of());
    assertThat(parse(parser, "\"1\";\"5\\\" pipe;\"")).isEqualTo(fields("1", "5\" pipe;"));
    assertThat(parse(parser, "1;\"C:\\temp\\\\\"")).isEqualTo(fields("1", "C:\\temp\\"));
    assertThat(parse(parser, "1;\"a\"\"b\"")).isEqualTo(fields("1", "a\"b"));
  }

  @Test
  void whatStandsAfterTheTableIsTold() {
    RecordParser parser = new RecordParser(EXPORT, List.of("id", "name"), Set.of());
    assertThat(parse(parser, "Total;2")).isEqualTo(broken("footer", null));
    assertThat(parse(parser, "My Total;2")).isEqualTo(fields("My Total", "2"));
    assertThat(parser.parse(new RawRecord("Total;\"", "unclosed_quote")))
        .isEqualTo(broken("footer", null));
  }

  /** By it where can tell a record of another kind from one that is broken. */
  @Test
  void ofARaggedRecordTheFirstFieldIsKnownWhereNamesAreSet() {
    RecordParser parser = new RecordParser(EXPORT, List.of("id", "name"), Set.of());
    assertThat(parse(parser, "1;a;b"))
        .isEqualTo(new RecordParser.Parsed(Arrays.asList("1", null), "too_many_fields", null));
  }

  @Test
  void aFormatWithoutHeaderTellsTheNames() {
    Format format = new Format(Format.Type.DELIMITED, ';', '\0', "UTF-8", List.of("name", "id"));
    RecordParser parser = new RecordParser(format, List.of("id", "name"), Set.of());
    assertThat(parse(parser, "\"Ann\";1")).isEqualTo(fields("1", "\"Ann\""));
  }

  @Test
  void jsonValuesAreTextAndNestedOnesJson() {
    RecordParser parser = new RecordParser(JSON, List.of("id", "name", "tags", "gone"), Set.of());
    assertThat(
            parse(parser, "{\"name\":\"Ann\",\"id\":9007199254740993,\"tags\":[1,{\"a\":null}]}"))
        .isEqualTo(fields("9007199254740993", "Ann", "[1,{\"a\":null}]", null));
  }

  @Test
  void brokenJsonIsBroken() {
    for (String text : List.of("{\"id\":1", "[1]", "{\"id\":NaN}", "{} {}", "7")) {
      RecordParser parser = new RecordParser(JSON, List.of("id"), Set.of());
      assertThat(parse(parser, text)).as(text).isEqualTo(broken("malformed_json", null));
    }
    RecordParser parser = new RecordParser(JSON, List.of("id"), Set.of());
    assertThat(parse(parser, "{\"id\":1,\"id\":2}")).isEqualTo(broken("duplicate_column", null));
    String deep = "{\"id\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
    assertThat(parse(parser, deep)).isEqualTo(broken("malformed_json", null));
  }

  @Test
  void aProblemOfTheTextIsAProblemOfTheRecord() {
    assertThat(csv("id,name").parse(new RawRecord("1,\"a", "unclosed_quote")))
        .isEqualTo(broken("unclosed_quote", null));
  }

  private static RecordParser csv(String header) {
    RecordParser parser = new RecordParser(CSV, List.of("id", "name"), Set.of());
    assertThat(parser.parse(new RawRecord(header, null))).as("the header is no record").isNull();
    return parser;
  }

  private static RecordParser.Parsed parse(RecordParser parser, String text) {
    return parser.parse(new RawRecord(text, null));
  }

  private static RecordParser.Parsed fields(String... values) {
    return new RecordParser.Parsed(Arrays.asList(values), null, null);
  }

  private static RecordParser.Parsed broken(String problem, String column) {
    return new RecordParser.Parsed(null, problem, column);
  }
}
