package crm.models.customer.lifetime;

import crm.learning.purchasing.PurchaseCells;
import crm.learning.purchasing.PurchaseModel;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What customers bought in the last days, to be predicted from what they had bought before.
 *
 * @param cells customers as of the end of the calibration
 * @param actual purchases of a customer of each cell in the days after
 * @param days how many
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Holdout(PurchaseCells cells, double[] actual, int days) {

  /**
   * How good a prediction is.
   *
   * @param squaredError mean over customers
   * @param rankCorrelation Spearman's, of predicted and actual purchases; 0 where all are predicted
   *     the same
   * @param topTenth share of the actual purchases that are of the tenth of customers of whom most
   *     is predicted
   * @param total predicted purchases of all
   */
  record Score(double squaredError, double rankCorrelation, double topTenth, double total) {}

  /** The customers with no more repeat purchases than that. */
  Holdout upTo(double max) {
    int size = cells.sizeUpTo(max);
    return new Holdout(cells.first(size), Arrays.copyOf(actual, size), days);
  }

  long customers() {
    return cells.totalCustomers();
  }

  double actualTotal() {
    return sum(i -> actual[i]);
  }

  /** Sums values over the customers with so many repeat purchases, or also with more. */
  double total(double[] values, int repeats, boolean orMore) {
    return sum(
        i ->
            cells.purchases()[i] == repeats || (orMore && cells.purchases()[i] > repeats)
                ? values[i]
                : 0);
  }

  double[] predicted(PurchaseModel model) {
    Forecast.Book forecasts = new Forecast.Book(model, Horizon.ofDays(days));
    double[] predicted = new double[cells.size()];
    for (int i = 0; i < predicted.length; i++) {
      predicted[i] =
          alive(model, i) * forecasts.of(cells.purchases()[i], cells.age()[i]).expected();
    }
    return predicted;
  }

  /** Share of customers whose purchases lie in their interval of 80 %. */
  double coverage(PurchaseModel model) {
    Forecast.Book forecasts = new Forecast.Book(model, Horizon.ofDays(days));
    return sum(
            i -> {
              Forecast forecast = forecasts.of(cells.purchases()[i], cells.age()[i]);
              double alive = alive(model, i);
              return forecast.quantile(Forecast.LOW, alive) <= actual[i]
                      && actual[i] <= forecast.quantile(Forecast.HIGH, alive)
                  ? 1
                  : 0;
            })
        / customers();
  }

  private double alive(PurchaseModel model, int cell) {
    return model.aliveProbability(
        cells.purchases()[cell], cells.recency()[cell], cells.age()[cell]);
  }

  /** Nobody buys again. */
  double[] zero() {
    return new double[cells.size()];
  }

  /** Everybody buys once more as often as before. */
  double[] repeat() {
    return cells.purchases();
  }

  /** Everybody buys at the rate at which they bought. */
  double[] rate() {
    return IntStream.range(0, cells.size())
        .mapToDouble(i -> cells.age()[i] == 0 ? 0 : cells.purchases()[i] / cells.age()[i] * days)
        .toArray();
  }

  Score score(double[] predicted) {
    return new Score(
        sum(i -> Math.pow(predicted[i] - actual[i], 2)) / customers(),
        correlation(ranks(predicted), ranks(actual)),
        topTenth(predicted),
        sum(i -> predicted[i]));
  }

  private double sum(java.util.function.IntToDoubleFunction value) {
    double sum = 0;
    for (int i = 0; i < cells.size(); i++) {
      sum += cells.customers()[i] * value.applyAsDouble(i);
    }
    return sum;
  }

  private int[] ascending(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** The mean rank of the customers of equal value. */
  private double[] ranks(double[] values) {
    int[] order = ascending(values);
    double[] ranks = new double[values.length];
    long below = 0;
    for (int from = 0, to; from < order.length; from = to) {
      long equal = 0;
      for (to = from; to < order.length && values[order[to]] == values[order[from]]; to++) {
        equal += cells.customers()[order[to]];
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = below + (equal + 1) / 2.0;
      }
      below += equal;
    }
    return ranks;
  }

  private double correlation(double[] a, double[] b) {
    double meanA = sum(i -> a[i]) / customers();
    double meanB = sum(i -> b[i]) / customers();
    double product =
        Math.sqrt(sum(i -> Math.pow(a[i] - meanA, 2)) * sum(i -> Math.pow(b[i] - meanB, 2)));
    return product > 0 ? sum(i -> (a[i] - meanA) * (b[i] - meanB)) / product : 0;
  }

  /** Of customers of equal prediction at the edge, that share counts which makes a tenth. */
  private double topTenth(double[] predicted) {
    int[] order = ascending(predicted);
    double room = customers() / 10.0;
    double captured = 0;
    for (int to = order.length - 1, from; to >= 0 && room > 0; to = from) {
      double equal = 0;
      double bought = 0;
      for (from = to; from >= 0 && predicted[order[from]] == predicted[order[to]]; from--) {
        equal += cells.customers()[order[from]];
        bought += cells.customers()[order[from]] * actual[order[from]];
      }
      captured += bought * Math.min(1, room / equal);
      room -= equal;
    }
    double total = actualTotal();
    return total > 0 ? captured / total : 0;
  }
}
