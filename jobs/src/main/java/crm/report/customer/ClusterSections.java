package crm.report.customer;

import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_MOVEMENTS;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_PROFILES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;

import crm.report.figures.PublishedDay;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The segments that k-means found, and who went from one to another. */
final class ClusterSections {
  private static final String PROFILES = "Customers who are alike";
  private static final String MOVEMENTS = "Who moved from one segment to another";

  private ClusterSections() {}

  static Section profiles(PublishedDay day, Numbers numbers) {
    Dataset<Row> segments = day.visible(SEGMENT_PROFILES);
    List<Row> rows =
        segments.orderBy(col("total_monetary").desc(), col("segment_id")).collectAsList();
    if (rows.isEmpty()) {
      return Section.empty(
          "clusters",
          PROFILES,
          "No segmentation was accepted yet. See why: crm models customer_segments");
    }
    BigDecimal value =
        rows.stream()
            .map(row -> row.<BigDecimal>getAs("total_monetary"))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Section(
        "clusters",
        PROFILES,
        "Segments found by k-means on what customers did, as of %s: each one's share of the value and of the customers. Typical is what a customer in the middle of the segment is like."
            .formatted(rows.get(0).<Object>getAs(Table.LOGICAL_DATE)),
        BarChart.compared(
            "Two bars per segment: its share of the value and its share of the customers.",
            List.of(new Key(Tone.MAIN, "value"), new Key(Tone.SECOND, "customers")),
            rows.stream().map(row -> bar(row, value, numbers)).toList()),
        new DataTable(
            List.of("Segment"),
            List.of(
                "Customers",
                "Of all",
                "Value, " + numbers.currency(),
                "Of all",
                "Typical: days since the last order",
                "Typical: orders",
                "Typical: value, " + numbers.currency()),
            rows.stream().map(row -> cells(row, value, numbers)).toList()));
  }

  private static BarChart.Row bar(Row row, BigDecimal value, Numbers numbers) {
    BigDecimal own = row.getAs("total_monetary");
    return new BarChart.Row(
        row.getAs("segment_name"),
        "%s · %s"
            .formatted(
                numbers.compact(row.<Long>getAs("customers").doubleValue()), numbers.compact(own)),
        List.of(
            new BarChart.Amount(
                value.signum() > 0 ? own.doubleValue() / value.doubleValue() : 0, Tone.MAIN),
            new BarChart.Amount(row.<Double>getAs("share"), Tone.SECOND)));
  }

  private static List<String> cells(Row row, BigDecimal value, Numbers numbers) {
    return List.of(
        row.getAs("segment_name"),
        numbers.count(row.<Long>getAs("customers")),
        numbers.percent(row.<Double>getAs("share")),
        numbers.amount(row.getAs("total_monetary")),
        numbers.percent(row.getAs("total_monetary"), value),
        numbers.decimal(row.<Double>getAs("typical_recency_days")),
        numbers.decimal(row.<Double>getAs("typical_frequency_orders")),
        numbers.decimal(row.<Double>getAs("typical_monetary")));
  }

  static Section movements(PublishedDay day, Numbers numbers) {
    Dataset<Row> movements = day.visible(SEGMENT_MOVEMENTS);
    Row since = movements.agg(max("previous_date")).head();
    if (since.isNullAt(0)) {
      return Section.empty(
          "movements", MOVEMENTS, "There is one segmentation so far, so nobody moved yet.");
    }
    List<Row> rows =
        movements
            .where(col("from_segment_id").isNotNull())
            .orderBy(col("from_segment_id"), col("customers").desc(), col("to_segment_id"))
            .collectAsList();
    Map<String, List<Row>> bySegment = new LinkedHashMap<>();
    rows.forEach(
        row ->
            bySegment
                .computeIfAbsent(row.getAs("from_segment_name"), name -> new ArrayList<>())
                .add(row));
    return new Section(
        "movements",
        MOVEMENTS,
        "Since %s: of those who were in a segment then, who stayed, who is in another now, and who left."
            .formatted(since.getDate(0)),
        BarChart.divided(
            "A bar per segment, divided into customers who stayed, moved and left.",
            List.of(
                new Key(Tone.MAIN, "stayed"),
                new Key(Tone.SECOND, "moved"),
                new Key(Tone.BAD, "left")),
            bySegment.entrySet().stream()
                .map(from -> bar(from.getKey(), from.getValue(), numbers))
                .toList()),
        new DataTable(
            List.of("From", "To", "What happened"),
            List.of("Customers", "Of the segment"),
            rows.stream().map(row -> cells(row, numbers)).toList()));
  }

  private static BarChart.Row bar(String name, List<Row> ways, Numbers numbers) {
    long moved = customers(ways, "moved");
    return new BarChart.Row(
        name,
        "%s, %s moved"
            .formatted(
                numbers.people(customers(ways, "stayed") + moved + customers(ways, "left")),
                numbers.count(moved)),
        List.of(
            new BarChart.Amount(customers(ways, "stayed"), Tone.MAIN),
            new BarChart.Amount(moved, Tone.SECOND),
            new BarChart.Amount(customers(ways, "left"), Tone.BAD)));
  }

  private static long customers(List<Row> ways, String change) {
    return ways.stream()
        .filter(row -> change.equals(row.getAs("change")))
        .mapToLong(row -> row.<Long>getAs("customers"))
        .sum();
  }

  private static List<String> cells(Row row, Numbers numbers) {
    List<String> happened = new ArrayList<>(List.of(row.<String>getAs("change")));
    for (String change : new String[] {"from_segment_change", "to_segment_change"}) {
      if (row.getAs(change) != null) {
        happened.add(row.getAs(change) + " segment");
      }
    }
    String to = row.getAs("to_segment_name");
    return List.of(
        row.getAs("from_segment_name"),
        to == null ? "none" : to,
        String.join(", ", happened),
        numbers.count(row.<Long>getAs("customers")),
        numbers.percent(row.<Double>getAs("share_of_from")));
  }
}
