package crm.learning.recommending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.Catalogue.Item;
import crm.learning.recommending.Shortlists.Recommended;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Products 0 to 4 of the shop, 5 and 6 of another source; 4 was never bought. */
class ShortlistsTest {
  private static final Popularity POPULARITY =
      Popularity.of(
          new Catalogue(
              IntStream.range(0, 7)
                  .mapToObj(i -> new Item(i < 5 ? "a-shop" : "other", "P" + i, "P" + i, null))
                  .toList()),
          new long[] {3, 9, 9, 1, 0, 50, 2});

  /** 0 is near 3 and, less, 2; 1 is near 2. */
  private static final Neighbours NEIGHBOURS =
      new Neighbours(
          new int[][] {{3, 2}, {2}, {}, {}, {}, {}, {}},
          new double[][] {{0.5, 0.2}, {0.4}, {}, {}, {}, {}, {}},
          new double[] {0.5, 0, 0, 0, 0, 0, 0});

  private static final History OF_TWO = new History(new int[] {0, 1}, new int[] {1, 1});

  private static List<Recommended> list(Recommender by, int max, boolean repeats, History of) {
    return new Shortlists(by, POPULARITY, max, repeats).recommend("a-shop", of);
  }

  @Test
  void whoHasBoughtNothingGetsWhatIsPopularInTheOwnShop() {
    assertThat(list(NEIGHBOURS, 10, false, History.NONE).stream().map(Recommended::product))
        .containsExactly(1, 2, 0, 3);
    assertThat(new Shortlists(NEIGHBOURS, POPULARITY, 3, false).recommend("closed", History.NONE))
        .isEmpty();
  }

  @Test
  void productsNearToSeveralOfTheCustomersComeFirstAndTellWhy() {
    List<Recommended> list = list(NEIGHBOURS, 3, false, OF_TWO);
    assertThat(list)
        .containsExactly(
            new Recommended(
                2, Method.ITEM_ITEM, 0.2 / 2 + 0.4 / 2, "bought with", OptionalInt.of(1)),
            new Recommended(3, Method.ITEM_ITEM, 0.5 / 2, "bought with", OptionalInt.of(0)));
  }

  @Test
  void whereTooFewAreFoundWhatIsPopularFollows() {
    assertThat(list(NEIGHBOURS, 3, false, new History(new int[] {1}, new int[] {1})))
        .extracting(Recommended::product, Recommended::reason)
        .containsExactly(tuple(2, "bought with"), tuple(0, "popular"), tuple(3, "popular"));
  }

  @Test
  void withRepeatsTheProductMostLikelyBoughtAgainComesFirst() {
    assertThat(list(NEIGHBOURS, 2, true, OF_TWO))
        .containsExactly(
            new Recommended(0, Method.ITEM_ITEM, 1.5, "bought before", OptionalInt.empty()),
            new Recommended(1, Method.ITEM_ITEM, 1, "bought before", OptionalInt.empty()));
    assertThat(
            list(new OwnMostBought(POPULARITY), 2, true, OF_TWO).stream().map(Recommended::product))
        .containsExactly(1, 0);
  }

  /** One list after the other from the same place gives what each gives alone. */
  @Test
  void oneCustomersListSaysNothingOfTheNext() {
    Shortlists shortlists = new Shortlists(NEIGHBOURS, POPULARITY, 3, false);
    List<Recommended> alone = shortlists.recommend("a-shop", OF_TWO);
    shortlists.recommend("a-shop", new History(new int[] {1}, new int[] {7}));
    shortlists.recommend("other", History.NONE);
    assertThat(shortlists.recommend("a-shop", OF_TWO)).isEqualTo(alone);
  }
}
