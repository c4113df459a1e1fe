package crm.learning.recommending;

/** What the customer ordered most often; of equal products the more popular one. */
record OwnMostBought(Popularity popularity) implements Recommender {
  @Override
  public Method method() {
    return Method.OWN_MOST_BOUGHT;
  }

  @Override
  public void score(History history, Scores scores) {
    double all = 1;
    for (int product : history.products()) {
      all += popularity.customers()[product];
    }
    for (int place = 0; place < history.size(); place++) {
      int product = history.products()[place];
      scores.add(product, history.orders()[place] + popularity.customers()[product] / all);
    }
  }

  @Override
  public int because(History history, int product) {
    throw new IllegalStateException("Only the customer's own products are recommended.");
  }
}
