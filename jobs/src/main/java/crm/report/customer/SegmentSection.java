package crm.report.customer;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.report.figures.PublishedDay;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import java.math.BigDecimal;
import java.util.List;
import org.apache.spark.sql.Row;

/** Who the customers are and what they are worth, by RFM segment. */
final class SegmentSection {
  private static final String ID = "segments";
  private static final String TITLE = "Customers and value by RFM segment";

  private SegmentSection() {}

  private record Segment(
      String name, long customers, BigDecimal net, BigDecimal lifetimeValue, long reachable) {}

  static Section section(PublishedDay day, Numbers numbers) {
    List<Segment> segments =
        day
            .visible(CUSTOMER_360)
            .groupBy("rfm_segment")
            .agg(
                count(lit(1)),
                sum("net_value").as("net"),
                coalesce(sum("clv_npv"), lit(BigDecimal.ZERO)),
                count(when(col("email_marketing"), lit(1))))
            .orderBy(col("net").desc(), col("rfm_segment"))
            .collectAsList()
            .stream()
            .map(SegmentSection::segment)
            .toList();
    if (segments.isEmpty()) {
      return Section.empty(ID, TITLE, CUSTOMER_360 + " has no rows dated " + day.date() + ".");
    }
    BigDecimal customers =
        BigDecimal.valueOf(segments.stream().mapToLong(Segment::customers).sum());
    BigDecimal net = segments.stream().map(Segment::net).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Section(
        ID,
        TITLE,
        "Share of all customers, and of what they paid so far net of returns.",
        BarChart.compared(
            "Two bars per segment: its share of the customers and its share of their value.",
            List.of(new Key(Tone.MAIN, "value"), new Key(Tone.SECOND, "customers")),
            segments.stream().map(segment -> row(segment, customers, net, numbers)).toList()),
        new DataTable(
            List.of("Segment"),
            List.of(
                "Customers",
                "Of all",
                "Net value, " + numbers.currency(),
                "Of all",
                "Lifetime value, " + numbers.currency(),
                "E-mail allowed"),
            segments.stream()
                .map(
                    segment ->
                        List.of(
                            segment.name(),
                            numbers.count(segment.customers()),
                            numbers.percent(BigDecimal.valueOf(segment.customers()), customers),
                            numbers.amount(segment.net()),
                            numbers.percent(segment.net(), net),
                            numbers.amount(segment.lifetimeValue()),
                            numbers.count(segment.reachable())))
                .toList()));
  }

  private static BarChart.Row row(
      Segment segment, BigDecimal customers, BigDecimal net, Numbers numbers) {
    return new BarChart.Row(
        segment.name(),
        "%s · %s".formatted(numbers.people(segment.customers()), numbers.compact(segment.net())),
        List.of(
            new BarChart.Amount(
                net.signum() > 0 ? segment.net().doubleValue() / net.doubleValue() : 0, Tone.MAIN),
            new BarChart.Amount(segment.customers() / customers.doubleValue(), Tone.SECOND)));
  }

  private static Segment segment(Row row) {
    return new Segment(
        row.getString(0), row.getLong(1), row.getDecimal(2), row.getDecimal(3), row.getLong(4));
  }
}
