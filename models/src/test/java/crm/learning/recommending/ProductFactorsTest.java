package crm.learning.recommending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.recommending.RecommendationSettings.Als;
import org.junit.jupiter.api.Test;

class ProductFactorsTest {
  /** One number per product, so that the customer's is a fraction one can reckon by hand. */
  private static final ProductFactors FACTORS =
      new ProductFactors(new double[][] {{1}, {2}, {}}, new Als(1, 1, 0.5, 3, 1));

  /**
   * Product 0 ordered twice: confidence 1 + 3 x 2 = 7; gram 1 + 4 = 5, and 6 x 1 x 1 more for what
   * was bought; drawn to zero by 0.5 for one product: 7 / (5 + 6 + 0.5).
   */
  @Test
  void theCustomersTasteFollowsFromWhatWasBought() {
    History history = new History(new int[] {0}, new int[] {2});
    assertThat(FACTORS.customer(history)[0]).isCloseTo(7 / 11.5, within(1e-12));
    Scores scores = new Scores(3);
    scores.startAnew(0, 3);
    FACTORS.score(history, scores);
    assertThat(scores.score(1)).isCloseTo(2 * 7 / 11.5, within(1e-12));
    assertThat(scores.best(3, product -> true)).as("nobody bought the last").containsExactly(1, 0);
    assertThat(FACTORS.because(history, 1)).isZero();
  }
}
