package crm.learning.recommending;

import crm.learning.itemsets.PackedBasket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a customer has bought. */
public final class History {
  private final int[] products;
  private final int[] orders;

  History(int[] products, int[] orders) {
    this.products = products;
    this.orders = orders;
  }

  /** Codes, ascending. */
  int[] products() {
    return products;
  }

  /** In how many orders each of the products was. */
  int[] orders() {
    return orders;
  }

  public static final History NONE = new History(new int[0], new int[0]);

  /** The counts as bytes, in the order of the products. */
  static byte[] pack(int[] orders) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * orders.length);
    bytes.asIntBuffer().put(orders);
    return bytes.array();
  }

  /** From packed products and orders. */
  public static History unpack(byte[] products, byte[] orders) {
    return new History(PackedBasket.unpack(products), PackedBasket.unpack(orders));
  }

  int size() {
    return products.length;
  }

  public boolean has(int product) {
    return Arrays.binarySearch(products, product) >= 0;
  }
}
