package crm.learning.itemsets;

import static org.apache.spark.sql.functions.col;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Sums per key over all baskets, exact and equal for any partitioning. Each task sums into a table
 * of primitive numbers; what it has goes out in blocks by the key's bucket, and a bucket's blocks
 * are merged where they meet. No task and no driver holds all keys: a task sends what it has when
 * its table is full, and starts again.
 */
public final class BasketCounts {
  /** Columns of the result. */
  public static final String KEY = "key";

  public static final String COUNT = "baskets";

  private static final StructType COUNTS =
      new StructType().add(KEY, DataTypes.LongType).add(COUNT, DataTypes.LongType);

  /** Keys and sums in turn, eight bytes each. */
  private static final StructType BLOCKS =
      new StructType().add("bucket", DataTypes.IntegerType).add("block", DataTypes.BinaryType);

  private static final int BUCKETS = 64;

  /** Keys a task holds at most: two million, in 64 MB. */
  private static final int FULL = 1 << 21;

  private BasketCounts() {}

  /**
   * Counts keys over all baskets.
   *
   * @param baskets with the column {@link PackedBasket#COLUMN}
   * @param minBaskets sums below it are left out
   * @return rows of {@link #KEY} and {@link #COUNT}
   */
  public static Dataset<Row> count(Dataset<Row> baskets, CountedKeys keys, long minBaskets) {
    Broadcast<CountedKeys> shared =
        JavaSparkContext.fromSparkContext(baskets.sparkSession().sparkContext()).broadcast(keys);
    MapPartitionsFunction<Row, Row> count = rows -> new Partial(rows, shared.value());
    MapPartitionsFunction<Row, Row> merge = blocks -> new Merged(blocks, minBaskets);
    return baskets
        .select(PackedBasket.COLUMN)
        .mapPartitions(count, Encoders.row(BLOCKS))
        .repartition(col("bucket"))
        .sortWithinPartitions("bucket")
        .mapPartitions(merge, Encoders.row(COUNTS));
  }

  /** The blocks of one task. */
  private static final class Partial implements Iterator<Row> {
    private final Iterator<Row> baskets;
    private final CountedKeys keys;
    private Iterator<Row> blocks = Collections.emptyIterator();

    Partial(Iterator<Row> baskets, CountedKeys keys) {
      this.baskets = baskets;
      this.keys = keys;
    }

    @Override
    public boolean hasNext() {
      while (!blocks.hasNext() && baskets.hasNext()) {
        LongCounter counter = new LongCounter();
        while (baskets.hasNext() && counter.size() < FULL) {
          keys.count(PackedBasket.unpack(baskets.next().<byte[]>getAs(0)), counter);
        }
        blocks = blocks(counter);
      }
      return blocks.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return blocks.next();
    }

    private static Iterator<Row> blocks(LongCounter counter) {
      int[] sizes = new int[BUCKETS];
      counter.forEach((key, sum) -> sizes[bucket(key)]++);
      LongBuffer[] buffers = new LongBuffer[BUCKETS];
      List<Row> blocks = new ArrayList<>();
      for (int bucket = 0; bucket < BUCKETS; bucket++) {
        if (sizes[bucket] > 0) {
          ByteBuffer block = ByteBuffer.allocate(2 * Long.BYTES * sizes[bucket]);
          buffers[bucket] = block.asLongBuffer();
          blocks.add(RowFactory.create(bucket, block.array()));
        }
      }
      counter.forEach((key, sum) -> buffers[bucket(key)].put(key).put(sum));
      return blocks.iterator();
    }

    /** The high bits: the low ones say where in the counter's table the key is. */
    private static int bucket(long key) {
      return (int) (LongCounter.mixed(key) >>> 58);
    }
  }

  /** The sums of one partition's buckets, one bucket after the other. */
  private static final class Merged implements Iterator<Row> {
    private final Iterator<Row> blocks;
    private final long minBaskets;
    private Row ahead;
    private Iterator<Row> sums = Collections.emptyIterator();

    Merged(Iterator<Row> blocks, long minBaskets) {
      this.blocks = blocks;
      this.minBaskets = minBaskets;
      ahead = following();
    }

    private Row following() {
      return blocks.hasNext() ? blocks.next() : null;
    }

    @Override
    public boolean hasNext() {
      while (!sums.hasNext() && ahead != null) {
        LongCounter counter = new LongCounter();
        int bucket = ahead.getInt(0);
        while (ahead != null && ahead.getInt(0) == bucket) {
          LongBuffer block = ByteBuffer.wrap(ahead.<byte[]>getAs(1)).asLongBuffer();
          while (block.hasRemaining()) {
            counter.add(block.get(), block.get());
          }
          ahead = following();
        }
        sums = sums(counter);
      }
      return sums.hasNext();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return sums.next();
    }

    /** In the order of keys, so that equal counts give equal files. */
    private Iterator<Row> sums(LongCounter counter) {
      List<long[]> enough = new ArrayList<>();
      counter.forEach(
          (key, sum) -> {
            if (sum >= minBaskets) {
              enough.add(new long[] {key, sum});
            }
          });
      enough.sort(Arrays::compare);
      return enough.stream().map(sum -> RowFactory.create(sum[0], sum[1])).iterator();
    }
  }
}
