package crm.models.marketing.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RuleCountsTest {
  /** 1,000 baskets: 200 with the left, 250 with the right, 100 with both. */
  @Test
  void theMeasuresAreThoseComputedByHand() {
    RuleCounts counts = new RuleCounts(1000, 200, 250, 100);
    assertThat(counts.support()).isEqualTo(0.1);
    assertThat(counts.confidence()).hasValue(0.5);
    assertThat(counts.lift()).hasValue(2);
    assertThat(counts.leverage()).isCloseTo(0.1 - 0.2 * 0.25, within(1e-15));
    assertThat(counts.conviction()).hasValue(0.75 / 0.5);
    // Leverage 0.05 by the greater of 0.1 x 0.8 and 0.2 x 0.15.
    assertThat(counts.zhang().getAsDouble()).isCloseTo(0.05 / 0.08, within(1e-15));
    assertThat(counts.jaccard().getAsDouble()).isCloseTo(100.0 / 350, within(1e-15));
  }

  @Test
  void aRuleWithoutExceptionHasNoConviction() {
    assertThat(new RuleCounts(10, 3, 5, 3).conviction()).isEmpty();
    assertThat(new RuleCounts(10, 3, 5, 3).confidence()).hasValue(1);
  }

  @Test
  void ofAnAntecedentInEveryBasketZhangSaysNothing() {
    assertThat(new RuleCounts(10, 10, 4, 4).zhang()).isEmpty();
    assertThat(new RuleCounts(10, 4, 10, 4).zhang()).hasValue(0);
    assertThat(new RuleCounts(10, 4, 6, 0).zhang()).hasValue(-1);
  }

  @Test
  void whatNobodyBoughtHasNoMeasure() {
    RuleCounts never = new RuleCounts(10, 0, 0, 0);
    assertThat(never.confidence()).isEmpty();
    assertThat(never.lift()).isEmpty();
    assertThat(never.jaccard()).isEmpty();
    assertThatThrownBy(() -> new RuleCounts(10, 2, 3, 3)).hasMessageContaining("cannot have both");
  }
}
