package crm.report.customer;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;

import crm.report.figures.CustomerFigures.RfmSegment;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Draws who the customers are and what they are worth, by RFM segment. */
final class SegmentSection {
  private static final String ID = "segments";
  private static final String TITLE = "Customers and value by RFM segment";

  private SegmentSection() {}

  static Section section(List<RfmSegment> segments, LocalDate date, Numbers numbers) {
    if (segments.isEmpty()) {
      return Section.empty(ID, TITLE, CUSTOMER_360 + " has no rows dated " + date + ".");
    }
    BigDecimal customers =
        BigDecimal.valueOf(segments.stream().mapToLong(RfmSegment::customers).sum());
    BigDecimal net =
        segments.stream().map(RfmSegment::net).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Section(
        ID,
        TITLE,
        "Share of all customers, and of what they paid so far net of returns.",
        BarChart.compared(
            "Two bars per segment: its share of the customers and its share of their value.",
            List.of(new Key(Tone.MAIN, "value"), new Key(Tone.SECOND, "customers")),
            segments,
            segment -> row(segment, customers, net, numbers)),
        DataTable.of(
            List.of("Segment"),
            List.of(
                "Customers",
                "Of all",
                "Net value, " + numbers.currency(),
                "Of all",
                "Lifetime value, " + numbers.currency(),
                "E-mail allowed"),
            segments,
            segment ->
                List.of(
                    segment.name(),
                    numbers.count(segment.customers()),
                    numbers.percent(BigDecimal.valueOf(segment.customers()), customers),
                    numbers.amount(segment.net()),
                    numbers.percent(segment.net(), net),
                    numbers.amount(segment.lifetimeValue()),
                    numbers.count(segment.reachable()))));
  }

  private static BarChart.Row row(
      RfmSegment segment, BigDecimal customers, BigDecimal net, Numbers numbers) {
    return new BarChart.Row(
        segment.name(),
        "%s · %s".formatted(numbers.people(segment.customers()), numbers.compact(segment.net())),
        List.of(
            new BarChart.Amount(
                net.signum() > 0 ? segment.net().doubleValue() / net.doubleValue() : 0, Tone.MAIN),
            new BarChart.Amount(segment.customers() / customers.doubleValue(), Tone.SECOND)));
  }
}
