package crm.bench;

import crm.bench.generated.GeneratedData;

/** What is measured of the models. */
enum ModelStep {
  LIFETIME_FIT(
      GeneratedData.CUSTOMERS,
      "lifetimes, weights on cells",
      "BG/NBD and gamma-gamma on given cells"),
  LIFETIME(
      GeneratedData.CUSTOMERS,
      "lifetimes, weights on cells",
      "from purchase days to a value per customer"),
  SEGMENTS(
      GeneratedData.CUSTOMERS, "scikit-learn", "k-means of every k from 2 to 12, ten starts each"),
  RULES(GeneratedData.BASKETS, "mlxtend", "rules of one product on the right"),
  SERIES(
      GeneratedData.SERIES,
      "statsforecast, AutoETS",
      "28 days ahead of given series of two years, 13 rolling origins, intervals") {
    @Override
    double maxPeerSize() {
      return MAX_SERIES;
    }
  },
  FORECAST(
      GeneratedData.SERIES,
      "statsforecast, AutoETS",
      "the same from orders on; ours of all levels, so that they add up") {
    @Override
    double maxPeerSize() {
      return MAX_SERIES;
    }
  },
  SCORES(
      GeneratedData.OUTCOMES,
      "scikit-learn",
      "from 30 given features to a calibrated probability, the better of regression and trees"),
  CHURN(
      GeneratedData.CUSTOMERS,
      "pandas and scikit-learn",
      "from purchase days to who is about to leave, trained on four past days");

  /** AutoETS fits each series for itself, for a fifth of a second and more. */
  private static final double MAX_SERIES = 1000;

  private final GeneratedData data;
  private final String peer;
  private final String meaning;

  ModelStep(GeneratedData data, String peer, String meaning) {
    this.data = data;
    this.peer = peer;
    this.meaning = meaning;
  }

  GeneratedData data() {
    return data;
  }

  String peer() {
    return peer;
  }

  String meaning() {
    return meaning;
  }

  /** Of greater sizes the peer is not asked: it takes each thing for itself. */
  double maxPeerSize() {
    return Double.POSITIVE_INFINITY;
  }
}
