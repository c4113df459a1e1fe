package crm.learning.scoring.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Log-odds to probabilities that come true. Neighbouring scores are pooled until the shares with
 * the outcome never fall (pool adjacent violators; Ayer et al. 1955); between the means of the
 * pools it is a straight line, so that scores keep their order (centred isotonic regression; Oron
 * and Flournoy 2017). As no share is known to be 0 or 1, none is nearer to either than half a row.
 * MLlib's isotonic regression is flat over a pool, where scores would lose their order.
 *
 * @param scores the mean of each pool, ascending
 * @param probabilities the share of each pool
 */
public record Calibration(List<Double> scores, List<Double> probabilities) {

  private record Pool(double sum, long rows, long outcomes) {
    double share() {
      return outcomes / (double) rows;
    }

    Pool with(Pool next) {
      return new Pool(sum + next.sum, rows + next.rows, outcomes + next.outcomes);
    }
  }

  public static Calibration of(List<ScoreCell> cells) {
    List<Pool> pools = new ArrayList<>();
    long rows = 0;
    for (ScoreCell cell :
        cells.stream().sorted(Comparator.comparingDouble(ScoreCell::score)).toList()) {
      Pool pool = new Pool(cell.score() * cell.rows(), cell.rows(), cell.outcomes());
      rows += cell.rows();
      while (!pools.isEmpty() && pools.get(pools.size() - 1).share() >= pool.share()) {
        pool = pools.remove(pools.size() - 1).with(pool);
      }
      pools.add(pool);
    }
    double min = 0.5 / rows;
    return new Calibration(
        pools.stream().map(pool -> pool.sum() / pool.rows()).toList(),
        pools.stream().map(pool -> Math.max(min, Math.min(1 - min, pool.share()))).toList());
  }

  public double probability(double score) {
    int above = 0;
    while (above < scores.size() && scores.get(above) < score) {
      above++;
    }
    if (above == 0) {
      return probabilities.get(0);
    }
    if (above == scores.size()) {
      return probabilities.get(above - 1);
    }
    double from = scores.get(above - 1);
    double part = (score - from) / (scores.get(above) - from);
    return probabilities.get(above - 1) * (1 - part) + probabilities.get(above) * part;
  }
}
