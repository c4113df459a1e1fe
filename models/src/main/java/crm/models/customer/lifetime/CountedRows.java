package crm.models.customer.lifetime;

import crm.warehouse.job.CollectsAggregates;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Counts brought to the driver: rows of a few whole numbers, packed into blocks. There is one row
 * per kind of customer and none per customer; ten million customers are a million and a half kinds,
 * which are 48 MB.
 */
@CollectsAggregates("a row per kind of customer")
final class CountedRows {
  private static final int ROWS_PER_BLOCK = 1 << 15;

  private CountedRows() {}

  /**
   * The columns of the rows, in the order of the first column, then the second, and so on.
   *
   * @param rows of BIGINT columns, none NULL
   */
  static long[][] collect(Dataset<Row> rows) {
    int width = rows.columns().length;
    List<byte[]> blocks =
        rows.mapPartitions(
                (MapPartitionsFunction<Row, byte[]>) partition -> packed(partition, width),
                Encoders.BINARY())
            .collectAsList();
    int size = blocks.stream().mapToInt(block -> block.length / Long.BYTES / width).sum();
    long[][] unsorted = new long[width][size];
    int row = 0;
    for (byte[] block : blocks) {
      ByteBuffer numbers = ByteBuffer.wrap(block);
      while (numbers.hasRemaining()) {
        for (int column = 0; column < width; column++) {
          unsorted[column][row] = numbers.getLong();
        }
        row++;
      }
    }
    return sorted(unsorted, size);
  }

  private static Iterator<byte[]> packed(Iterator<Row> rows, int width) {
    List<byte[]> blocks = new ArrayList<>();
    while (rows.hasNext()) {
      ByteBuffer block = ByteBuffer.allocate(ROWS_PER_BLOCK * width * Long.BYTES);
      while (rows.hasNext() && block.hasRemaining()) {
        Row row = rows.next();
        for (int column = 0; column < width; column++) {
          block.putLong(row.getLong(column));
        }
      }
      byte[] filled = new byte[block.position()];
      block.flip().get(filled);
      blocks.add(filled);
    }
    return blocks.iterator();
  }

  private static long[][] sorted(long[][] columns, int size) {
    Comparator<Integer> order = Comparator.comparingLong(row -> columns[0][row]);
    for (long[] column : columns) {
      order = order.thenComparingLong(row -> column[row]);
    }
    int[] rows =
        IntStream.range(0, size).boxed().sorted(order).mapToInt(Integer::intValue).toArray();
    long[][] sorted = new long[columns.length][];
    for (int column = 0; column < columns.length; column++) {
      long[] values = columns[column];
      sorted[column] = IntStream.of(rows).mapToLong(row -> values[row]).toArray();
    }
    return sorted;
  }
}
