package crm.models.sales.forecast;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import crm.learning.forecasting.Method;
import crm.models.sales.forecast.Reconciliation.Node;
import crm.models.sales.series.Level;
import crm.models.sales.series.LevelKey;
import crm.models.sales.series.SeriesRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Forecasts of all levels that add up to the cent, each origin and candidate by itself. */
final class CoherentForecasts {
  /** What has to add up with each other, beside the forest and the origin. */
  private static final String TOGETHER = "together";

  /** As {@link BaseForecasts#SCHEMA}, with {@code cents} for the points. */
  static final StructType SCHEMA =
      SeriesRow.IDENTITY
          .add("origin_offset", DataTypes.IntegerType)
          .add("candidate", DataTypes.StringType)
          .add("method", DataTypes.StringType)
          .add("scale", DataTypes.DoubleType)
          .add("spread", DataTypes.DoubleType)
          .add("cents", DataTypes.createArrayType(DataTypes.LongType, false))
          .add("actual", DataTypes.createArrayType(DataTypes.DoubleType, false));

  private CoherentForecasts() {}

  /**
   * Reconciles each candidate as if it were that of all levels. A row is a series, origin and
   * candidate: see {@link #SCHEMA}.
   */
  static Dataset<Row> ofEach(Dataset<Row> base) {
    return coherent(base.withColumn(TOGETHER, col("candidate")));
  }

  /**
   * Reconciles the winners of all levels with each other. A row is a series and origin: see {@link
   * #SCHEMA}.
   */
  static Dataset<Row> ofWinners(Dataset<Row> base, Map<LevelKey, Method> winners) {
    FilterFunction<Row> won =
        row -> winners.get(LevelKey.of(row)).name().equals(row.getAs("candidate"));
    return coherent(base.filter(won).withColumn(TOGETHER, lit("winners")));
  }

  private static Dataset<Row> coherent(Dataset<Row> base) {
    MapFunction<Row, String> group =
        row ->
            String.join(
                "\n",
                LevelKey.of(row).forest(),
                row.getAs(TOGETHER),
                row.getAs("origin_offset").toString());
    FlatMapGroupsFunction<String, Row, Row> coherent = (key, rows) -> coherent(rows);
    return base.groupByKey(group, Encoders.STRING())
        .flatMapSortedGroups(new Column[] {col("series_id")}, coherent, Encoders.row(SCHEMA));
  }

  private static Iterator<Row> coherent(Iterator<Row> sorted) {
    List<Row> rows = new ArrayList<>();
    sorted.forEachRemaining(rows::add);
    rows.sort(Comparator.comparing(row -> Level.labelled(row.getAs("level"))));
    Reconciliation trees =
        new Reconciliation(
            rows.stream()
                .map(
                    row ->
                        new Node(
                            Level.labelled(row.getAs("level")),
                            row.getAs("series_id"),
                            row.getAs("parent_id"),
                            row.getAs("variance")))
                .toList(),
            LevelKey.of(rows.get(0)).measure().mayBeNegative());
    double[][] points =
        rows.stream().map(row -> SeriesRow.doubles(row, "points")).toArray(double[][]::new);
    int horizon = points[0].length;
    long[][] cents = new long[rows.size()][horizon];
    for (int ahead = 0; ahead < horizon; ahead++) {
      double[] ofPeriod = new double[rows.size()];
      for (int node = 0; node < ofPeriod.length; node++) {
        ofPeriod[node] = points[node][ahead];
      }
      long[] coherent = trees.cents(ofPeriod);
      for (int node = 0; node < ofPeriod.length; node++) {
        cents[node][ahead] = coherent[node];
      }
    }
    List<Row> made = new ArrayList<>();
    for (int node = 0; node < cents.length; node++) {
      made.add(row(rows.get(node), cents[node]));
    }
    return made.iterator();
  }

  private static Row row(Row base, long[] cents) {
    Object[] cells = new Object[SCHEMA.size()];
    for (int i = 0; i < cells.length; i++) {
      String name = SCHEMA.fields()[i].name();
      cells[i] = name.equals("cents") ? cents : base.getAs(name);
    }
    return new GenericRowWithSchema(cells, SCHEMA);
  }
}
