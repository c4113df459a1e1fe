package crm.models.customer.lifetime;

import crm.learning.purchasing.PurchaseModel;
import java.util.HashMap;
import java.util.Map;

/**
 * What customers of one number of repeat purchases and one age buy within a horizon if they have
 * not left. Whether they have is all that their recency tells.
 */
final class Forecast {
  /** Of an interval of 80 %: as many outcomes below it as above. */
  static final double LOW = 0.1;

  static final double HIGH = 0.9;

  /** Counts whose probabilities are kept; beyond, they are reckoned when asked for. */
  private static final int KEPT = 64;

  private final PurchaseModel model;
  private final double purchases;
  private final double age;
  private final double time;
  private final double expected;
  private final double discounted;
  private final double[] more = new double[KEPT];
  private int known;

  Forecast(PurchaseModel model, Horizon horizon, double purchases, double age) {
    this.model = model;
    this.purchases = purchases;
    this.age = age;
    time = horizon.end();
    double[] byStep = model.expectedIfAlive(purchases, age, horizon.times());
    double sum = 0;
    double before = 0;
    for (int step = 0; step < byStep.length; step++) {
      sum += horizon.factors()[step] * (byStep[step] - before);
      before = byStep[step];
    }
    expected = before;
    discounted = sum;
  }

  /** Expected purchases. */
  double expected() {
    return expected;
  }

  /** Expected purchases, each at what it is worth now. */
  double discounted() {
    return discounted;
  }

  /** Probability of more purchases than that. */
  double moreThan(long count) {
    if (count >= KEPT) {
      return model.moreThanIfAlive(count, purchases, age, time);
    }
    for (; known <= count; known++) {
      more[known] = model.moreThanIfAlive(known, purchases, age, time);
    }
    return more[(int) count];
  }

  /**
   * The least count that is not exceeded with a probability of at least the level.
   *
   * @param alive probability that the customer has not left
   */
  long quantile(double level, double alive) {
    if (alive * moreThan(0) <= 1 - level) {
      return 0;
    }
    long below = 0;
    long step = 1;
    while (alive * moreThan(below + step) > 1 - level) {
      below += step;
      step *= 2;
    }
    long above = below + step;
    while (above - below > 1) {
      long middle = (below + above) >>> 1;
      if (alive * moreThan(middle) > 1 - level) {
        below = middle;
      } else {
        above = middle;
      }
    }
    return above;
  }

  /** Forecasts by one model, each made once. */
  static final class Book {
    private static final int MAX_PAGES = 100_000;

    private final PurchaseModel model;
    private final Horizon horizon;
    private final Map<Page, Forecast> pages = new HashMap<>();

    private record Page(double purchases, double age) {}

    Book(PurchaseModel model, Horizon horizon) {
      this.model = model;
      this.horizon = horizon;
    }

    PurchaseModel model() {
      return model;
    }

    Forecast of(double purchases, double age) {
      if (pages.size() >= MAX_PAGES) {
        pages.clear();
      }
      return pages.computeIfAbsent(
          new Page(purchases, age), page -> new Forecast(model, horizon, purchases, age));
    }
  }
}
