package crm.learning.recommending;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** Scores of the products of one source for one customer after the other, in one place. */
public final class Scores {
  private final double[] scores;
  private final boolean[] isScored;
  private final int[] scored;
  private int size;
  private int first;
  private int end;

  /**
   * @param products how many there are, of all sources
   */
  Scores(int products) {
    scores = new double[products];
    isScored = new boolean[products];
    scored = new int[products];
  }

  /**
   * Forgets all.
   *
   * @param first code of the first product of the next customer's source
   * @param end code after the last
   */
  void startAnew(int first, int end) {
    for (int i = 0; i < size; i++) {
      scores[scored[i]] = 0;
      isScored[scored[i]] = false;
    }
    size = 0;
    this.first = first;
    this.end = end;
  }

  int first() {
    return first;
  }

  int end() {
    return end;
  }

  void add(int product, double amount) {
    if (!isScored[product]) {
      isScored[product] = true;
      scored[size++] = product;
    }
    scores[product] += amount;
  }

  double score(int product) {
    return scores[product];
  }

  /** The products with the highest scores above zero; of equal ones the lower code comes first. */
  int[] best(int max, IntPredicate allowed) {
    int[] best = new int[max];
    int found = 0;
    for (int i = 0; i < size; i++) {
      int product = scored[i];
      if (scores[product] > 0
          && (found < max || isBetter(product, best[found - 1]))
          && allowed.test(product)) {
        int place = found < max ? found++ : max - 1;
        while (place > 0 && isBetter(product, best[place - 1])) {
          best[place] = best[place - 1];
          place--;
        }
        best[place] = product;
      }
    }
    return Arrays.copyOf(best, found);
  }

  private boolean isBetter(int product, int other) {
    int byScore = Double.compare(scores[product], scores[other]);
    return byScore > 0 || (byScore == 0 && product < other);
  }
}
