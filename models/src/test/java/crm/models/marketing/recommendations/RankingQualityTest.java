package crm.models.marketing.recommendations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankingQualityTest {
  /** Places 1 and 3 of 10 hit, 3 products were bought: (1 + 1/2) / (1 + 1/log2 3 + 1/2). */
  @Test
  void aHitCountsTheMoreTheHigherItStands() {
    RankingQuality quality = RankingQuality.of(new boolean[] {true, false, true}, 3, 10);
    assertThat(quality.ndcg()).isCloseTo(1.5 / (1.5 + Math.log(2) / Math.log(3)), within(1e-12));
    assertThat(quality.precision()).isEqualTo(0.2);
    assertThat(quality.hit()).isEqualTo(1);
  }

  @Test
  void aListThatCouldNotBeBetterReachesOneEvenIfMoreWasBoughtThanItHasPlaces() {
    assertThat(RankingQuality.of(new boolean[] {true, true}, 5, 2).ndcg()).isEqualTo(1);
    assertThat(RankingQuality.of(new boolean[] {true}, 1, 10).ndcg()).isEqualTo(1);
    assertThat(RankingQuality.of(new boolean[0], 1, 10)).isEqualTo(new RankingQuality(0, 0, 0));
  }
}
