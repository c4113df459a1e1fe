package crm.models.customer.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntBiFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Scores by cuts equal the definitions, on values with many ties. */
class ScoreMethodTest {
  @Test
  void percentRankIsTheDefinition() {
    agrees(
        ScoreMethod.PERCENT_RANK,
        (values, value) -> {
          long below = Arrays.stream(values).filter(other -> other < value).count();
          double percentRank = values.length == 1 ? 0 : (double) below / (values.length - 1);
          return 1 + (int) Math.min(4, Math.floor(5 * percentRank + 1e-12));
        });
  }

  @Test
  void ntileGivesTiesTheLowestScoreAnyOfThemWouldGet() {
    agrees(ScoreMethod.NTILE, lowestTile(5));
    agrees(ScoreMethod.QUARTILE, lowestTile(4));
    agrees(ScoreMethod.TERCILE, lowestTile(3));
  }

  /** Six equal customers of nine: arbitrary tiles would score them 1, 1, 2, 2, 3 and 3. */
  @Test
  void equalValuesHaveEqualScores() {
    long[] values = {1, 1, 1, 1, 1, 1, 2, 2, 3};
    assertThat(score(ScoreMethod.PERCENT_RANK, values, 1)).isEqualTo(1);
    assertThat(score(ScoreMethod.NTILE, values, 1)).isEqualTo(1);
    assertThat(score(ScoreMethod.PERCENT_RANK, values, 2)).isEqualTo(4);
    assertThat(score(ScoreMethod.PERCENT_RANK, values, 3)).isEqualTo(5);
  }

  @Test
  void theGridNamesEveryCellOnce() {
    for (int recency = 1; recency <= 5; recency++) {
      for (int frequency = 1; frequency <= 5; frequency++) {
        int r = recency;
        int f = frequency;
        assertThat(Arrays.stream(RfmSegment.values()).filter(segment -> segment.holds(r, f)))
            .as("cell %d%d", recency, frequency)
            .hasSize(1);
      }
    }
    assertThat(RfmSegment.values()).hasSize(10);
  }

  /**
   * The tile, from 1, that the first of equal values falls into when tiles are as equal as can be.
   */
  private static ToIntBiFunction<long[], Long> lowestTile(int tiles) {
    return (values, value) -> {
      long atMost = Arrays.stream(values).filter(other -> other < value).count() + 1;
      int tile = 1;
      while (tile < tiles && atMost > -Math.floorDiv(-(long) tile * values.length, tiles)) {
        tile++;
      }
      return tile;
    };
  }

  private static void agrees(ScoreMethod method, ToIntBiFunction<long[], Long> definition) {
    Random random = new Random(3);
    for (int size = 1; size <= 60; size++) {
      int spread = 1 + random.nextInt(size + 5);
      long[] values = LongStream.generate(() -> random.nextInt(spread)).limit(size).toArray();
      for (long value : values) {
        assertThat(score(method, values, value))
            .as("%s of %d in %s", method, value, Arrays.toString(values))
            .isEqualTo(definition.applyAsInt(values, value));
      }
    }
  }

  private static int score(ScoreMethod method, long[] values, long value) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    List<Long> ranks = method.cutRanks(values.length);
    return 1
        + (int)
            ranks.stream()
                .filter(rank -> value > sorted[(int) Math.min(rank, sorted.length - 1)])
                .count();
  }
}
