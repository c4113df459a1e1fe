package crm.learning.recommending;

import crm.learning.recommending.Popularity.Assortment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes the list of products to recommend to one customer after the other: those that the
 * recommender finds, and below them, where it finds too few, what is popular. One thread uses it.
 */
public final class Shortlists {
  private static final Assortment NOTHING = new Assortment(0, 0, new int[0]);

  private final Recommender recommender;
  private final Popularity popularity;
  private final int max;
  private final boolean repeats;
  private final Scores scores;

  /**
   * @param max products on a list
   * @param repeats whether what the customer has bought may be on it
   */
  public Shortlists(Recommender recommender, Popularity popularity, int max, boolean repeats) {
    this.recommender = recommender;
    this.popularity = popularity;
    this.max = max;
    this.repeats = repeats;
    scores = new Scores(popularity.customers().length);
  }

  /**
   * A product that is recommended.
   *
   * @param because the customer's product that contributes most to its score, where one does
   */
  public record Recommended(
      int product, Method method, double score, String reason, OptionalInt because) {}

  /** The best first. */
  public List<Recommended> recommend(String source, History history) {
    Assortment assortment = popularity.assortments().getOrDefault(source, NOTHING);
    scores.startAnew(assortment.first(), assortment.end());
    recommender.score(history, scores);
    List<Recommended> list = new ArrayList<>();
    Set<Integer> listed = new HashSet<>();
    for (int product : scores.best(max, product -> repeats || !history.has(product))) {
      list.add(found(product, history));
      listed.add(product);
    }
    for (int place = 0; list.size() < max && place < assortment.mostBought().length; place++) {
      int product = assortment.mostBought()[place];
      if (!listed.contains(product) && (repeats || !history.has(product))) {
        list.add(
            new Recommended(
                product,
                Method.POPULARITY,
                (double) popularity.customers()[product],
                "popular",
                OptionalInt.empty()));
      }
    }
    return list;
  }

  private Recommended found(int product, History history) {
    double score = scores.score(product);
    if (history.has(product)) {
      return new Recommended(
          product, recommender.method(), score, "bought before", OptionalInt.empty());
    }
    return new Recommended(
        product,
        recommender.method(),
        score,
        recommender.method() == Method.ALS ? "similar taste" : "bought with",
        OptionalInt.of(recommender.because(history, product)));
  }
}
