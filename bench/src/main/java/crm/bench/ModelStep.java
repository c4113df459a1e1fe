package crm.bench;

import java.util.Locale;

/** What is measured of the models. */
enum ModelStep {
  LIFETIME_FIT("customers", "lifetimes, weights on cells", "BG/NBD and gamma-gamma on given cells"),
  LIFETIME(
      "customers", "lifetimes, weights on cells", "from purchase days to a value per customer"),
  SEGMENTS("customers", "scikit-learn", "k-means of every k from 2 to 12, ten starts each"),
  RULES("baskets", "mlxtend", "rules of one product on the right");

  private final String data;
  private final String peer;
  private final String meaning;

  ModelStep(String data, String peer, String meaning) {
    this.data = data;
    this.peer = peer;
    this.meaning = meaning;
  }

  /** What the files hold. */
  String data() {
    return data;
  }

  String peer() {
    return peer;
  }

  String meaning() {
    return meaning;
  }

  /** As the peers' script calls it. */
  String script() {
    return name().toLowerCase(Locale.ROOT);
  }
}
