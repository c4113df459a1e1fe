package crm.ingest.text;

import com.github.luben.zstd.ZstdInputStream;
import crm.ingest.source.Format;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * The records of one text file, decoded strictly.
 *
 * <p>Charsets in which a line end is one ASCII byte are read byte for byte and decoded record by
 * record, so that one wrong byte costs one record. Gzip and Zstandard are known by a file's first
 * bytes, not by its name. A byte order mark is left out, also in front of later records, where
 * files were put together.
 */
public final class TextRecords implements Closeable {
  /** Bytes of the record are no text in the feed's encoding. */
  public static final String WRONG_ENCODING = "wrong_encoding";

  private static final char REPLACEMENT = '\uFFFD';
  private static final int MAX_RECORD_LENGTH = 1 << 20;

  private final Reader reader;
  private final RecordSplitter splitter;
  private final Charset charset;
  private final boolean bytewise;

  public TextRecords(InputStream file, Format format) throws IOException {
    charset = Charset.forName(format.encoding());
    bytewise = !charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32");
    reader =
        new InputStreamReader(decompressed(file), bytewise ? StandardCharsets.ISO_8859_1 : charset);
    splitter = new RecordSplitter(reader, format, MAX_RECORD_LENGTH);
    for (int i = 0; i < format.skipLines(); i++) {
      splitter.skipLine();
    }
  }

  /**
   * @return the next record, or null at the end
   */
  public RawRecord next() throws IOException {
    RawRecord record = splitter.next();
    if (record == null) {
      return null;
    }
    return withoutByteOrderMark(bytewise ? decoded(record) : checked(record));
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private RawRecord decoded(RawRecord record) {
    byte[] bytes = record.text().getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(bytes, charset);
    return text.indexOf(REPLACEMENT) < 0 || isValid(bytes)
        ? new RawRecord(text, record.problem())
        : new RawRecord(escaped(bytes), WRONG_ENCODING);
  }

  private static RawRecord checked(RawRecord record) {
    return record.text().indexOf(REPLACEMENT) < 0
        ? record
        : new RawRecord(record.text(), WRONG_ENCODING);
  }

  private boolean isValid(byte[] bytes) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** The bytes as text in which nothing is lost: what is not ASCII is written \xNN. */
  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      if (b >= 0) {
        text.append((char) b);
      } else {
        text.append("\\x%02X".formatted(b & 0xFF));
      }
    }
    return text.toString();
  }

  private static RawRecord withoutByteOrderMark(RawRecord record) {
    return !record.text().isEmpty() && record.text().charAt(0) == '\uFEFF'
        ? new RawRecord(record.text().substring(1), record.problem())
        : record;
  }

  private static InputStream decompressed(InputStream file) throws IOException {
    BoundedInputStream counted = BoundedInputStream.builder().setInputStream(file).get();
    BufferedInputStream in = new BufferedInputStream(counted, 1 << 16);
    in.mark(4);
    byte[] start = in.readNBytes(4);
    in.reset();
    if (startsWith(start, 0x1f, 0x8b)) {
      return new DecompressedInputStream(new GZIPInputStream(in, 1 << 16), counted);
    }
    if (startsWith(start, 0x28, 0xb5, 0x2f, 0xfd)) {
      return new DecompressedInputStream(new ZstdInputStream(in), counted);
    }
    return in;
  }

  private static boolean startsWith(byte[] start, int... magic) {
    for (int i = 0; i < magic.length; i++) {
      if (start.length <= i || start[i] != (byte) magic[i]) {
        return false;
      }
    }
    return true;
  }
}
