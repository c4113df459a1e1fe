package crm.learning.itemsets;

/**
 * Sums of positive amounts per whole-number key: open addressing with linear probing, at most half
 * full. A sum of zero marks a free slot. A library of primitive maps would serve this one class
 * only.
 */
public final class LongCounter {
  private long[] keys = new long[1 << 10];
  private long[] sums = new long[1 << 10];
  private int size;

  /** Takes a key and its sum. */
  public interface Receiver {
    void accept(long key, long sum);
  }

  public void add(long key, long amount) {
    int mask = keys.length - 1;
    int slot = (int) mixed(key) & mask;
    while (sums[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    if (sums[slot] == 0) {
      keys[slot] = key;
      if (++size > keys.length / 2) {
        sums[slot] = amount;
        grow();
        return;
      }
    }
    sums[slot] += amount;
  }

  /** Number of keys. */
  public int size() {
    return size;
  }

  public void forEach(Receiver receiver) {
    for (int slot = 0; slot < keys.length; slot++) {
      if (sums[slot] != 0) {
        receiver.accept(keys[slot], sums[slot]);
      }
    }
  }

  /** Spreads keys that differ little over all bits (the finaliser of SplittableRandom). */
  static long mixed(long key) {
    long bits = key * 0x9E3779B97F4A7C15L;
    bits = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
    bits = (bits ^ bits >>> 27) * 0x94D049BB133111EBL;
    return bits ^ bits >>> 31;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldSums = sums;
    keys = new long[2 * oldKeys.length];
    sums = new long[2 * oldKeys.length];
    size = 0;
    for (int slot = 0; slot < oldKeys.length; slot++) {
      if (oldSums[slot] != 0) {
        add(oldKeys[slot], oldSums[slot]);
      }
    }
  }
}
