package crm.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.ProxyInputStream;

/** What a packed file unpacks to, unless that is far more than data can be: a file made to harm. */
final class UnpackedInputStream extends ProxyInputStream {
  private static final long ALWAYS_ALLOWED = 64L << 20;
  private static final int MOST_TIMES_ITS_SIZE = 200;

  private final BoundedInputStream packed;
  private long unpackedBytes;

  /**
   * @param packed counts the bytes read of the file
   */
  UnpackedInputStream(InputStream unpacked, BoundedInputStream packed) {
    super(unpacked);
    this.packed = packed;
  }

  @Override
  protected void afterRead(int bytes) throws IOException {
    unpackedBytes += Math.max(0, bytes);
    if (unpackedBytes > ALWAYS_ALLOWED && unpackedBytes > MOST_TIMES_ITS_SIZE * packed.getCount()) {
      throw new ZipException("unpacks to more than " + MOST_TIMES_ITS_SIZE + " times its size");
    }
  }
}
