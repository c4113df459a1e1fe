package crm.learning.itemsets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LongCounterTest {
  @Test
  void itCountsAsAMapDoes() {
    SplittableRandom random = new SplittableRandom(5);
    LongCounter counter = new LongCounter();
    Map<Long, Long> expected = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      long key = CountedKeys.pair(random.nextInt(100), random.nextInt(100)) - (i % 2);
      counter.add(key, 1 + i % 3);
      expected.merge(key, 1L + i % 3, Long::sum);
    }
    Map<Long, Long> found = new HashMap<>();
    counter.forEach(found::put);
    assertThat(found).isEqualTo(expected);
    assertThat(counter.size()).isEqualTo(expected.size()).isGreaterThan(5_000);
  }

  @Test
  void theItemsOfAPairAreReadBack() {
    long pair = CountedKeys.pair(7, 1_999_999_999);
    assertThat(CountedKeys.firstOf(pair)).isEqualTo(7);
    assertThat(CountedKeys.secondOf(pair)).isEqualTo(1_999_999_999);
  }
}
