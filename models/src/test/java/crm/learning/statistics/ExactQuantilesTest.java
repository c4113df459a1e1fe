package crm.learning.statistics;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Sessions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class ExactQuantilesTest {
  private static final StructType TWO =
      new StructType().add("a", DataTypes.LongType).add("b", DataTypes.LongType);

  /** Small values with ties beside values across the whole range a long has room for. */
  @Test
  void equalsSorting() {
    Random random = new Random(5);
    long[] small = LongStream.generate(() -> random.nextInt(40)).limit(1_000).toArray();
    long[] wide = LongStream.generate(() -> random.nextLong() / 3).limit(1_000).toArray();
    List<Long> ranks = List.of(0L, 199L, 200L, 500L, 999L, 5_000L);
    assertThat(ExactQuantiles.find(rows(small, wide), List.of(col("a"), col("b")), size -> ranks))
        .isEqualTo(List.of(atRanks(small, ranks), atRanks(wide, ranks)));
  }

  @Test
  void nothingHasNoRanks() {
    assertThat(
            ExactQuantiles.find(
                rows(new long[0], new long[0]), List.of(col("a")), size -> List.of(0L)))
        .isEmpty();
  }

  private static List<Long> atRanks(long[] values, List<Long> ranks) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return ranks.stream().map(rank -> sorted[(int) Math.min(rank, sorted.length - 1)]).toList();
  }

  private static Dataset<Row> rows(long[] a, long[] b) {
    return Sessions.small()
        .createDataFrame(
            LongStream.range(0, a.length)
                .mapToObj(i -> RowFactory.create(a[(int) i], b[(int) i]))
                .toList(),
            TWO);
  }
}
