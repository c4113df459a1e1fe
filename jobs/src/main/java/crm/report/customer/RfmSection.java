package crm.report.customer;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_RFM;

import crm.report.figures.CustomerFigures.RfmCell;
import crm.report.page.DataTable;
import crm.report.page.HeatMap;
import crm.report.page.Numbers;
import crm.report.page.Section;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The grid of recency and frequency scores. */
final class RfmSection {
  private static final String ID = "rfm";
  private static final String TITLE = "Customers by recency and frequency";
  private static final int NAMED_SCORES = 5;

  private RfmSection() {}

  static Section section(List<RfmCell> cells, LocalDate date, Numbers numbers) {
    if (cells.isEmpty()) {
      return Section.empty(ID, TITLE, CUSTOMER_RFM + " has no rows dated " + date + ".");
    }
    int max =
        cells.stream()
            .mapToInt(
                cell ->
                    cell.segment().isEmpty()
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
        DataTable.of(
            List.of("Recency", "Frequency", "Segment"),
            List.of("Customers", "Mean value, " + numbers.currency()),
            cells,
            cell ->
                List.of(
                    String.valueOf(cell.recency()),
                    String.valueOf(cell.frequency()),
                    cell.segment(),
                    numbers.count(cell.customers()),
                    numbers.amount(mean(cell)))));
  }

  /** Every pair of scores: of those that nobody has, it is known that nobody does. */
  private static List<HeatMap.Place> places(List<RfmCell> cells, int max, Numbers numbers) {
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
                            numbers.compact(mean(cell).doubleValue())))
                .orElse(new HeatMap.Place(row, column, 0, "", "")));
      }
    }
    return places;
  }

  private static Optional<RfmCell> at(List<RfmCell> cells, int recency, int frequency) {
    return cells.stream()
        .filter(cell -> cell.recency() == recency && cell.frequency() == frequency)
        .findFirst();
  }

  private static BigDecimal mean(RfmCell cell) {
    return cell.monetary().divide(BigDecimal.valueOf(cell.customers()), 2, RoundingMode.HALF_UP);
  }
}
