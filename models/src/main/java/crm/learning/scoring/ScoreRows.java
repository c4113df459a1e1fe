package crm.learning.scoring;

import static org.apache.spark.sql.functions.col;

import crm.learning.scoring.effects.Scorer;
import crm.warehouse.job.Artefact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores rows and says why. To the key are added {@code probability}, {@code fifth} (5 is the
 * highest), {@code log_odds}, {@code base_log_odds}, per reason {@code reason_1, reason_1_value,
 * reason_1_effect} and so on, the greatest effect first, and {@code all_other_effect}: base and
 * effects sum to the log-odds.
 *
 * @param artefact a {@link ScoringModel} as it is saved
 * @param key columns that are passed on
 */
public record ScoreRows(String artefact, List<String> key, int reasons)
    implements MapPartitionsFunction<Row, Row> {

  /**
   * Scores rows that have the key and the features. A row is one of the given, with the key and the
   * columns named above.
   */
  public Dataset<Row> score(Dataset<Row> rows) {
    List<Column> columns = new ArrayList<>();
    StructType schema = new StructType();
    for (String name : key) {
      columns.add(col(name));
      StructField field = rows.schema().apply(name);
      schema = schema.add(name, field.dataType());
    }
    Artefact.read(artefact, ScoringModel.class)
        .encoding()
        .features()
        .forEach(feature -> columns.add(ScoringFrame.value(feature.name(), feature.numeric())));
    schema =
        schema
            .add("probability", DataTypes.DoubleType)
            .add("fifth", DataTypes.IntegerType)
            .add("log_odds", DataTypes.DoubleType)
            .add("base_log_odds", DataTypes.DoubleType);
    for (int rank = 1; rank <= reasons; rank++) {
      schema =
          schema
              .add("reason_" + rank, DataTypes.StringType)
              .add("reason_" + rank + "_value", DataTypes.StringType)
              .add("reason_" + rank + "_effect", DataTypes.DoubleType);
    }
    return rows.select(columns.toArray(Column[]::new))
        .mapPartitions(this, Encoders.row(schema.add("all_other_effect", DataTypes.DoubleType)));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    ScoringModel model = Artefact.read(artefact, ScoringModel.class);
    Scorer scorer = model.scorer();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return scored(rows.next(), model, scorer);
      }
    };
  }

  private Row scored(Row row, ScoringModel model, Scorer scorer) {
    double[] encoded = model.encoding().encoded(row, key.size());
    double logOdds = scorer.logOdds(encoded);
    double[] effects = scorer.effects(encoded);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      values.add(row.get(i));
    }
    values.add(model.calibration().probability(logOdds));
    values.add(1 + (int) model.quintiles().stream().filter(edge -> logOdds > edge).count());
    values.add(logOdds);
    values.add(scorer.base());
    List<Integer> ranked =
        IntStream.range(0, effects.length)
            .boxed()
            .sorted(Comparator.comparingDouble(f -> -Math.abs(effects[f])))
            .toList();
    for (int rank = 0; rank < reasons; rank++) {
      boolean there = rank < ranked.size();
      int f = there ? ranked.get(rank) : -1;
      values.add(there ? model.encoding().features().get(f).name() : null);
      values.add(there ? text(row.get(key.size() + f)) : null);
      values.add(there ? effects[f] : 0.0);
    }
    values.add(ranked.stream().skip(reasons).mapToDouble(f -> effects[f]).sum());
    return RowFactory.create(values.toArray());
  }

  /** As people write it: numbers with at most two decimals. */
  private static String text(Object value) {
    if (value instanceof Double number && Double.isFinite(number)) {
      return BigDecimal.valueOf(number)
          .setScale(2, RoundingMode.HALF_UP)
          .stripTrailingZeros()
          .toPlainString();
    }
    return value == null ? null : value.toString();
  }
}
