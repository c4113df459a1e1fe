package crm.learning.itemsets;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A basket as bytes: the codes of its distinct items, ascending, four bytes each. Spark hands an
 * array of numbers over as an object per number, and bytes as they are.
 */
public final class PackedBasket {
  /** Name of the column that holds it. */
  public static final String COLUMN = "basket";

  private PackedBasket() {}

  /** The bytes of codes in any order, repeated ones once. */
  public static byte[] pack(int... codes) {
    int[] distinct = Arrays.stream(codes).sorted().distinct().toArray();
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * distinct.length);
    bytes.asIntBuffer().put(distinct);
    return bytes.array();
  }

  /** The codes, ascending. */
  public static int[] unpack(byte[] basket) {
    int[] codes = new int[basket.length / Integer.BYTES];
    ByteBuffer.wrap(basket).asIntBuffer().get(codes);
    return codes;
  }
}
