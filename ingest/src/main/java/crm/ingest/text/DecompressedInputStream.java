package crm.ingest.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;
import org.apache.commons.io.input.BoundedInputStream;
import org.apache.commons.io.input.ProxyInputStream;

/**
 * The content of a compressed file, refused where it is far larger than data can be: a zip bomb.
 */
final class DecompressedInputStream extends ProxyInputStream {
  private static final long ALWAYS_ALLOWED = 64L << 20;
  private static final int MAX_EXPANSION = 200;

  private final BoundedInputStream compressed;
  private long decompressedBytes;

  /**
   * @param compressed counts the bytes read of the file
   */
  DecompressedInputStream(InputStream decompressed, BoundedInputStream compressed) {
    super(decompressed);
    this.compressed = compressed;
  }

  @Override
  protected void afterRead(int bytes) throws IOException {
    decompressedBytes += Math.max(0, bytes);
    if (decompressedBytes > ALWAYS_ALLOWED
        && decompressedBytes > MAX_EXPANSION * compressed.getCount()) {
      throw new ZipException("decompresses to more than " + MAX_EXPANSION + " times its size");
    }
  }
}
