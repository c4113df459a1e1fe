package crm.ingest.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.ingest.source.Format;
import crm.ingest.source.ValueFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Bytes become records; what is broken stays small and is kept as it came. */
class TextRecordsTest {
  private static final Format CSV = format("UTF-8");

  @Test
  void everyLineEndEndsARecord() throws IOException {
    assertThat(records("a\nb\r\nc\rd")).containsExactly("a", "b", "c", "d");
  }

  @Test
  void blankLinesAreNoRecords() throws IOException {
    assertThat(records("a\n\n  \r\n\rb\n")).containsExactly("a", "b");
  }

  @Test
  void anEmptyFileHasNoRecords() throws IOException {
    assertThat(records("")).isEmpty();
  }

  @Test
  void aQuotedFieldMayHoldLineEndsDelimitersAndDoubledQuotes() throws IOException {
    assertThat(records("1,\"x\ny\r\n,z\"\"\",2\n3")).containsExactly("1,\"x\ny\r\n,z\"\"\",2", "3");
  }

  @Test
  void aQuoteWithinAFieldIsText() throws IOException {
    assertThat(records("1,5\" pipe\n2")).containsExactly("1,5\" pipe", "2");
  }

  @Test
  void aQuoteThatNeverClosesCostsOnlyItsLine() throws IOException {
    assertThat(records("1,\"a\n2,b\n3,c\n")).containsExactly("unclosed_quote: 1,\"a", "2,b", "3,c");
  }

  @Test
  void aQuoteThatClosesTooEarlyCostsOnlyItsLine() throws IOException {
    assertThat(records("1,\"a\"b,c\n2,d\n")).containsExactly("text_after_quote: 1,\"a\"b,c", "2,d");
  }

  @Test
  void anUnclosedQuoteDoesNotSwallowTheQuotesAfterIt() throws IOException {
    assertThat(records("1,\"a\n2,\"b\"\n3,c\n"))
        .containsExactly("text_after_quote: 1,\"a", "2,\"b\"", "3,c");
  }

  @Test
  void anEndlessRecordIsCutAndReadingGoesOn() throws IOException {
    char[] endless = new char[3 << 20];
    Arrays.fill(endless, 'x');
    List<String> records = records(new String(endless) + "\nnext\n");
    assertThat(records).hasSize(2);
    assertThat(records.get(0)).startsWith("record_too_long: xxx");
    assertThat(records.get(1)).isEqualTo("next");
  }

  @Test
  void aByteOrderMarkIsLeftOut() throws IOException {
    assertThat(records("\uFEFFid\n1")).containsExactly("id", "1");
    byte[] utf16 = "\uFEFFid\r\n1".getBytes(UTF_16LE);
    assertThat(records(utf16, format("UTF-16"))).containsExactly("id", "1");
  }

  @Test
  void aByteOrderMarkInFrontOfALaterRecordIsLeftOut() throws IOException {
    assertThat(records("\uFEFFid\n1\n\uFEFFid\n2")).containsExactly("id", "1", "id", "2");
  }

  @Test
  void linesBeforeTheTableAreLeftOutWhateverTheyHold() throws IOException {
    Format format =
        new Format(
            Format.Type.DELIMITED,
            ',',
            '"',
            '\0',
            "UTF-8",
            List.of(),
            3,
            "",
            List.of(),
            ValueFormat.ISO);
    assertThat(records("\uFEFFa \"title\r\n\nsep=,\nid\n1\n".getBytes(UTF_8), format))
        .containsExactly("id", "1");
    assertThat(records("only a title".getBytes(UTF_8), format)).isEmpty();
  }

  @Test
  void anEscapedQuoteClosesNothing() throws IOException {
    Format format =
        new Format(
            Format.Type.DELIMITED,
            ',',
            '"',
            '\\',
            "UTF-8",
            List.of(),
            0,
            "",
            List.of(),
            ValueFormat.ISO);
    assertThat(records("1,\"a\\\"\nb\"\n2,\"c\\\\\"\n3,\"d\\e\"\n".getBytes(UTF_8), format))
        .containsExactly("1,\"a\\\"\nb\"", "2,\"c\\\\\"", "3,\"d\\e\"");
  }

  @Test
  void oneWrongByteCostsOneRecordAndIsKeptReadable() throws IOException {
    byte[] bytes = "1,good\n2,M\u00fcller\n3,gr\u00fcn\n".getBytes(UTF_8);
    byte[] latin = "2,M\u00fcller".getBytes(ISO_8859_1);
    System.arraycopy(latin, 0, bytes, 7, latin.length);
    bytes[7 + latin.length] = '!';
    assertThat(records(bytes, CSV))
        .containsExactly("1,good", "wrong_encoding: 2,M\\xFCller!", "3,gr\u00fcn");
  }

  @Test
  void theEncodingIsTheFeedsNotTheMachines() throws IOException {
    byte[] bytes = "1,\u20ac5\n".getBytes(Charset.forName("windows-1252"));
    assertThat(records(bytes, format("windows-1252"))).containsExactly("1,\u20ac5");
  }

  @Test
  void gzipIsKnownByItsBytesAndMayHaveSeveralMembers() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    two.write(gzip("a\nb\n"));
    two.write(gzip("c\n"));
    assertThat(records(two.toByteArray(), CSV)).containsExactly("a", "b", "c");
  }

  @Test
  void aTruncatedGzipFileIsAnError() throws IOException {
    byte[] whole = gzip("a\n".repeat(10_000));
    byte[] part = Arrays.copyOf(whole, whole.length / 2);
    assertThatThrownBy(() -> records(part, CSV)).isInstanceOf(EOFException.class);
  }

  private static Format format(String encoding) {
    return new Format(Format.Type.DELIMITED, ',', '"', encoding, List.of());
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static List<String> records(String text) throws IOException {
    return records(text.getBytes(UTF_8), CSV);
  }

  /** Each record's text, with its problem in front if it has one. */
  private static List<String> records(byte[] file, Format format) throws IOException {
    List<String> texts = new ArrayList<>();
    try (TextRecords records = new TextRecords(new ByteArrayInputStream(file), format)) {
      for (RawRecord next = records.next(); next != null; next = records.next()) {
        texts.add((next.problem() == null ? "" : next.problem() + ": ") + next.text());
      }
    }
    return texts;
  }
}
