package crm.learning.recommending;

import java.util.Locale;

/** A way to find what customers may like; of two that are as good, the first counts. */
public enum Method {
  /** What most customers buy. */
  POPULARITY {
    @Override
    public Recommender fitted(Histories histories, RecommendationSettings settings) {
      return histories.popularity();
    }
  },
  /** What the customer bought most often; finds nothing that is new to the customer. */
  OWN_MOST_BOUGHT {
    @Override
    public Recommender fitted(Histories histories, RecommendationSettings settings) {
      return new OwnMostBought(histories.popularity());
    }
  },
  /** What other customers bought beside the customer's products. */
  ITEM_ITEM {
    @Override
    public Recommender fitted(Histories histories, RecommendationSettings settings) {
      return Neighbours.of(histories, settings);
    }
  },
  /** What suits the customer's taste, as a few latent factors: alternating least squares. */
  ALS {
    @Override
    public Recommender fitted(Histories histories, RecommendationSettings settings) {
      return ProductFactors.of(histories, settings.als());
    }
  };

  public abstract Recommender fitted(Histories histories, RecommendationSettings settings);

  /** As settings and tables write it, as in item-item. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
