package crm.models.sales.series;

import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import crm.warehouse.Money;
import java.io.Serializable;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A series and where in the trees it belongs; travels as a row. */
public record SeriesRow(LevelKey key, String parentId, Series series) {

  /** Which series a row is of, and what it is a part of. */
  public static final StructType IDENTITY =
      StructType.fromDDL(
          "source STRING, measure STRING, frequency STRING, level STRING, "
              + "series_id STRING, parent_id STRING");

  private static final StructType SCHEMA =
      IDENTITY
          .add("first", DataTypes.DateType)
          .add("values", DataTypes.createArrayType(DataTypes.DoubleType, false));

  /**
   * Makes the series of every measure and frequency. A row is a series with its {@code first}
   * period and its {@code values}, NaN where unknown.
   *
   * @param daily rows of {@link DailySales#read}
   * @param delivered per source
   */
  public static Dataset<Row> rows(
      Dataset<Row> daily, Map<String, DeliveredDays> delivered, SalesForecastSettings settings) {
    return daily.flatMap(
        new OfNode(
            delivered,
            settings.measures(),
            settings.periods().stream().map(SalesForecastSettings.Periods::frequency).toList()),
        Encoders.row(SCHEMA));
  }

  public static SeriesRow of(Row row) {
    LevelKey key = LevelKey.of(row);
    return new SeriesRow(
        key,
        row.getAs("parent_id"),
        new Series(
            row.getAs("series_id"),
            key.frequency(),
            row.<Date>getAs("first").toLocalDate(),
            doubles(row, "values")));
  }

  /**
   * The numbers of a column. Spark may hand a row from one function to the next as it was made, in
   * which an array still is one.
   */
  public static double[] doubles(Row row, String column) {
    return row.getAs(column) instanceof double[] numbers
        ? numbers
        : row.<Double>getList(row.fieldIndex(column)).stream()
            .mapToDouble(Double::doubleValue)
            .toArray();
  }

  /** The whole numbers of a column; see {@link #doubles}. */
  public static long[] longs(Row row, String column) {
    return row.getAs(column) instanceof long[] numbers
        ? numbers
        : row.<Long>getList(row.fieldIndex(column)).stream().mapToLong(Long::longValue).toArray();
  }

  private static Row row(LevelKey key, String parentId, Series series) {
    Object[] cells = {
      key.source(),
      key.measure().label(),
      LevelKey.label(key.frequency()),
      key.level().label(),
      series.id(),
      parentId,
      Date.valueOf(series.first()),
      series.values()
    };
    return new GenericRowWithSchema(cells, SCHEMA);
  }

  private record OfNode(
      Map<String, DeliveredDays> delivered, List<Measure> measures, List<Frequency> frequencies)
      implements FlatMapFunction<Row, Row>, Serializable {
    @Override
    public java.util.Iterator<Row> call(Row node) {
      String source = node.getAs("source");
      Level level = Level.labelled(node.getAs("level"));
      List<Row> rows = new ArrayList<>();
      for (Measure measure : measures) {
        NavigableMap<LocalDate, Long> units = new TreeMap<>();
        for (Row day : node.<Row>getList(node.fieldIndex("days"))) {
          units.put(LocalDate.ofEpochDay(day.getInt(0)), units(measure, day));
        }
        for (Frequency frequency : frequencies) {
          LevelKey key = new LevelKey(source, measure, frequency, level);
          SalesSeries.series(
                  node.getAs("series_id"),
                  frequency,
                  units,
                  measure == Measure.PIECES ? 1 : Money.UNITS_PER_ONE,
                  delivered.get(source))
              .ifPresent(series -> rows.add(row(key, node.getAs("parent_id"), series)));
        }
      }
      return rows.iterator();
    }

    private static long units(Measure measure, Row day) {
      return switch (measure) {
        case NET_REVENUE -> day.<Long>getAs("gross") - day.<Long>getAs("returned");
        case GROSS_REVENUE -> day.<Long>getAs("gross");
        case PIECES -> day.<Long>getAs("quantity");
      };
    }
  }
}
