package crm.models.marketing.recommendations;

/**
 * How good a ranking is by what was then bought.
 *
 * @param ndcg normalised discounted cumulative gain (Järvelin and Kekäläinen 2002) with a gain of 1
 *     for each product that was bought: the sum of 1 / log2(1 + place) over them, as a part of what
 *     it is at best
 * @param precision share of the places that hold one
 * @param hit 1 if any place does, else 0
 */
record RankingQuality(double ndcg, double precision, int hit) {
  /**
   * @param isRelevant of the ranked products, the best first, whether it was bought
   * @param relevant how many products were bought, at least 1
   * @param places that are looked at, whether or not the ranking fills them
   */
  static RankingQuality of(boolean[] isRelevant, int relevant, int places) {
    double gain = 0;
    double ideal = 0;
    int hits = 0;
    for (int place = 0; place < places; place++) {
      double discounted = Math.log(2) / Math.log(2.0 + place);
      if (place < isRelevant.length && isRelevant[place]) {
        gain += discounted;
        hits++;
      }
      if (place < relevant) {
        ideal += discounted;
      }
    }
    return new RankingQuality(gain / ideal, (double) hits / places, hits > 0 ? 1 : 0);
  }
}
