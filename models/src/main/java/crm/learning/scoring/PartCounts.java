package crm.learning.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How many rows each part has, and how many of them had the outcome. */
public record PartCounts(Map<Part, Long> rows, Map<Part, Long> outcomes) {
  /** Of either outcome a part holds so many. */
  private static final long MIN_ROWS_PER_OUTCOME = 20;

  /** What rows with a known outcome are for. */
  public enum Part {
    TRAINING,
    CALIBRATION,
    TEST;

    Column isOf() {
      return col(ScoringFrame.PART).equalTo(lit(name()));
    }
  }

  /**
   * @param rows as {@link ScoringFrame} takes them
   */
  public static PartCounts of(Dataset<Row> rows) {
    List<Column> counts = new ArrayList<>();
    for (Part part : Part.values()) {
      counts.add(count(when(part.isOf(), lit(1))));
      counts.add(count(when(part.isOf().and(col(ScoringFrame.OUTCOME).equalTo(lit(1))), lit(1))));
    }
    Row found = rows.agg(count(lit(1)), counts.toArray(Column[]::new)).head();
    Map<Part, Long> sizes = new EnumMap<>(Part.class);
    Map<Part, Long> outcomes = new EnumMap<>(Part.class);
    int at = 1;
    for (Part part : Part.values()) {
      sizes.put(part, found.getLong(at++));
      outcomes.put(part, found.getLong(at++));
    }
    return new PartCounts(sizes, outcomes);
  }

  public long rows(Part part) {
    return rows.get(part);
  }

  public long outcomes(Part part) {
    return outcomes.get(part);
  }

  /** Returns why there is too little for a model, in words; empty if there is enough. */
  public Optional<String> shortage(ScoringSettings settings) {
    for (Part part : Part.values()) {
      long either = Math.min(outcomes(part), rows(part) - outcomes(part));
      if (rows(part) < settings.minRows() || either < MIN_ROWS_PER_OUTCOME) {
        return Optional.of(
            "%s has %d rows, of which %d had the outcome; %d are needed, and %d with and without it"
                .formatted(
                    part.name().toLowerCase(Locale.ROOT),
                    rows(part),
                    outcomes(part),
                    settings.minRows(),
                    MIN_ROWS_PER_OUTCOME));
      }
    }
    return Optional.empty();
  }
}
