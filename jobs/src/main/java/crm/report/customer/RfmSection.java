package crm.report.customer;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import crm.report.figures.PublishedDay;
import crm.report.page.DataTable;
import crm.report.page.HeatMap;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;

/** The grid of recency and frequency scores. */
final class RfmSection {
  private static final String ID = "rfm";
  private static final String TITLE = "Customers by recency and frequency";
  private static final String UNNAMED = "";
  private static final int NAMED_SCORES = 5;

  private RfmSection() {}

  /** The customers of one cell of the grid. */
  private record Cell(
      int recency, int frequency, String segment, long customers, BigDecimal monetary) {
    BigDecimal mean() {
      return monetary.divide(BigDecimal.valueOf(customers), 2, RoundingMode.HALF_UP);
    }
  }

  static Section section(PublishedDay day, Numbers numbers) {
    List<Cell> cells =
        day
            .visible(CUSTOMER_RFM)
            .groupBy(
                col("recency_score"),
                col("frequency_score"),
                coalesce(col("rfm_segment"), lit(UNNAMED)).as("segment"))
            .agg(count(lit(1)), sum("monetary"))
            .orderBy(col("recency_score").desc(), col("frequency_score").desc())
            .collectAsList()
            .stream()
            .map(RfmSection::cell)
            .toList();
    if (cells.isEmpty()) {
      return Section.empty(ID, TITLE, CUSTOMER_RFM + " has no rows dated " + day.date() + ".");
    }
    int max =
        cells.stream()
            .mapToInt(
                cell ->
                    cell.segment().equals(UNNAMED)
                        ? Math.max(cell.recency(), cell.frequency())
                        : NAMED_SCORES)
            .max()
            .getAsInt();
    return new Section(
        ID,
        TITLE,
        "Each cell: how many customers, and below it their mean monetary value in %s. The stronger the colour, the more customers."
            .formatted(numbers.currency()),
        HeatMap.of(
            "A grid of recency scores by frequency scores with the number of customers in each cell.",
            "↑ recency, %d is most recent".formatted(max),
            "frequency, %d is most often".formatted(max),
            IntStream.range(0, max).mapToObj(row -> "" + (max - row)).toList(),
            IntStream.rangeClosed(1, max).mapToObj(score -> "" + score).toList(),
            places(cells, max, numbers)),
        new DataTable(
            List.of("Recency", "Frequency", "Segment"),
            List.of("Customers", "Mean value, " + numbers.currency()),
            cells.stream()
                .map(
                    cell ->
                        List.of(
                            String.valueOf(cell.recency()),
                            String.valueOf(cell.frequency()),
                            cell.segment(),
                            numbers.count(cell.customers()),
                            numbers.amount(cell.mean())))
                .toList()));
  }

  /** Every pair of scores: of those that nobody has, it is known that nobody does. */
  private static List<HeatMap.Place> places(List<Cell> cells, int max, Numbers numbers) {
    List<HeatMap.Place> places = new ArrayList<>();
    for (int recency = max; recency >= 1; recency--) {
      for (int frequency = 1; frequency <= max; frequency++) {
        int row = max - recency;
        int column = frequency - 1;
        places.add(
            at(cells, recency, frequency)
                .map(
                    cell ->
                        new HeatMap.Place(
                            row,
                            column,
                            cell.customers(),
                            numbers.compact((double) cell.customers()),
                            numbers.compact(cell.mean().doubleValue())))
                .orElse(new HeatMap.Place(row, column, 0, "", "")));
      }
    }
    return places;
  }

  private static Optional<Cell> at(List<Cell> cells, int recency, int frequency) {
    return cells.stream()
        .filter(cell -> cell.recency() == recency && cell.frequency() == frequency)
        .findFirst();
  }

  private static Cell cell(Row row) {
    return new Cell(
        row.getInt(0), row.getInt(1), row.getString(2), row.getLong(3), row.getDecimal(4));
  }
}
