package crm.report.customer;

import crm.report.figures.CustomerFigures.Movement;
import crm.report.figures.CustomerFigures.Segment;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The segments that k-means found, and who went from one to another. */
final class ClusterSections {
  private static final String PROFILES = "Customers who are alike";
  private static final String MOVEMENTS = "Who moved from one segment to another";

  private ClusterSections() {}

  static Section profiles(List<Segment> segments, Numbers numbers) {
    if (segments.isEmpty()) {
      return Section.empty(
          "clusters",
          PROFILES,
          "No segmentation was accepted yet. See why: crm models customer_segments");
    }
    BigDecimal value =
        segments.stream().map(Segment::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Section(
        "clusters",
        PROFILES,
        "Segments found by k-means on what customers did, as of %s: each one's share of the value and of the customers. Typical is what a customer in the middle of the segment is like."
            .formatted(segments.get(0).foundOn()),
        BarChart.compared(
            "Two bars per segment: its share of the value and its share of the customers.",
            List.of(new Key(Tone.MAIN, "value"), new Key(Tone.SECOND, "customers")),
            segments,
            segment -> bar(segment, value, numbers)),
        DataTable.of(
            List.of("Segment"),
            List.of(
                "Customers",
                "Of all",
                "Value, " + numbers.currency(),
                "Of all",
                "Typical: days since the last order",
                "Typical: orders",
                "Typical: value, " + numbers.currency()),
            segments,
            segment -> cells(segment, value, numbers)));
  }

  private static BarChart.Row bar(Segment segment, BigDecimal value, Numbers numbers) {
    double own = segment.value().doubleValue();
    return new BarChart.Row(
        segment.name(),
        "%s · %s"
            .formatted(
                numbers.compact((double) segment.customers()), numbers.compact(segment.value())),
        List.of(
            new BarChart.Amount(value.signum() > 0 ? own / value.doubleValue() : 0, Tone.MAIN),
            new BarChart.Amount(segment.share(), Tone.SECOND)));
  }

  private static List<String> cells(Segment segment, BigDecimal value, Numbers numbers) {
    return List.of(
        segment.name(),
        numbers.count(segment.customers()),
        numbers.percent(segment.share()),
        numbers.amount(segment.value()),
        numbers.percent(segment.value(), value),
        numbers.decimal(segment.typicalRecencyDays()),
        numbers.decimal(segment.typicalOrders()),
        numbers.decimal(segment.typicalValue()));
  }

  static Section movements(Optional<LocalDate> since, List<Movement> movements, Numbers numbers) {
    if (since.isEmpty()) {
      return Section.empty(
          "movements", MOVEMENTS, "There is one segmentation so far, so nobody moved yet.");
    }
    Map<String, List<Movement>> bySegment =
        movements.stream()
            .collect(
                Collectors.groupingBy(Movement::from, LinkedHashMap::new, Collectors.toList()));
    return new Section(
        "movements",
        MOVEMENTS,
        "Since %s: of those who were in a segment then, who stayed, who is in another now, and who left."
            .formatted(since.get()),
        BarChart.divided(
            "A bar per segment, divided into customers who stayed, moved and left.",
            List.of(
                new Key(Tone.MAIN, "stayed"),
                new Key(Tone.SECOND, "moved"),
                new Key(Tone.BAD, "left")),
            bySegment.entrySet(),
            from -> bar(from.getKey(), from.getValue(), numbers)),
        DataTable.of(
            List.of("From", "To", "What happened"),
            List.of("Customers", "Of the segment"),
            movements,
            of -> cells(of, numbers)));
  }

  private static BarChart.Row bar(String name, List<Movement> movements, Numbers numbers) {
    long moved = customers(movements, "moved");
    return new BarChart.Row(
        name,
        "%s, %s moved"
            .formatted(
                numbers.people(
                    customers(movements, "stayed") + moved + customers(movements, "left")),
                numbers.count(moved)),
        List.of(
            new BarChart.Amount(customers(movements, "stayed"), Tone.MAIN),
            new BarChart.Amount(moved, Tone.SECOND),
            new BarChart.Amount(customers(movements, "left"), Tone.BAD)));
  }

  private static long customers(List<Movement> movements, String change) {
    return movements.stream()
        .filter(movement -> movement.change().equals(change))
        .mapToLong(Movement::customers)
        .sum();
  }

  private static List<String> cells(Movement movement, Numbers numbers) {
    List<String> happened = new ArrayList<>(List.of(movement.change()));
    Stream.of(movement.fromChange(), movement.toChange())
        .flatMap(Optional::stream)
        .forEach(change -> happened.add(change + " segment"));
    return List.of(
        movement.from(),
        movement.to().orElse("none"),
        String.join(", ", happened),
        numbers.count(movement.customers()),
        numbers.percent(movement.share()));
  }
}
