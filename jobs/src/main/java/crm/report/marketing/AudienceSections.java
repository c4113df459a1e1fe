package crm.report.marketing;

import static crm.warehouse.tables.ops.OpsTables.EXPORTS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import crm.report.figures.Period;
import crm.report.figures.PublishedDay;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.HeatMap;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import crm.warehouse.Table;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** How many customers were exported, who was left out, and how that changed. */
public final class AudienceSections {
  private static final String EXPORTED = "Audiences that were exported";
  private static final String SIZES = "Size of the audiences over time";
  private static final int MAX_AUDIENCES = 12;
  private static final int MAX_DATES = 6;

  /** Why customers are left out, by the columns of the table. */
  private static final List<String> LEFT_OUT =
      List.of(
          "deleted",
          "no_consent",
          "denied",
          "withdrawn",
          "no_contact",
          "invalid_contact",
          "shared_address");

  private AudienceSections() {}

  /** What an export of a date said; of several of one date the newest counts. */
  public record Receipt(
      String audience,
      LocalDate date,
      String status,
      String channel,
      long matched,
      long exported,
      long withheld,
      List<Long> leftOut) {

    long leftOutInAll() {
      return leftOut.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** By audience and date, as they are now: an export may follow the run that is reported. */
  public static List<Receipt> receipts(PublishedDay day) {
    return day
        .tables()
        .warehouse()
        .stored(EXPORTS)
        .groupBy("audience", Table.LOGICAL_DATE)
        .agg(max_by(struct("*"), col("exported_at")).as("newest"))
        .select("newest.*")
        .orderBy("audience", Table.LOGICAL_DATE)
        .collectAsList()
        .stream()
        .map(AudienceSections::receipt)
        .toList();
  }

  private static Receipt receipt(Row row) {
    return new Receipt(
        row.getAs("audience"),
        row.<Date>getAs(Table.LOGICAL_DATE).toLocalDate(),
        row.getAs("status"),
        row.getAs("channel"),
        row.getAs("matched"),
        row.getAs("exported"),
        row.getAs("withheld"),
        LEFT_OUT.stream().map(reason -> row.<Long>getAs(reason)).toList());
  }

  public static Section exported(List<Receipt> receipts, Numbers numbers) {
    Map<String, Receipt> newest = new LinkedHashMap<>();
    receipts.forEach(receipt -> newest.put(receipt.audience(), receipt));
    Collection<Receipt> audiences = newest.values();
    if (audiences.isEmpty()) {
      return Section.empty(
          "audiences",
          EXPORTED,
          "No audience was exported yet. See who would be in one: crm audience preview champions. Then: crm export champions");
    }
    return new Section(
        "audiences",
        EXPORTED,
        "By the newest receipt of each audience: of the customers its rule is true of, who is in the file and who was left out, most of them because they did not agree or cannot be reached. Withheld are all who might have been exported where there is no file.",
        BarChart.divided(
            "A bar per audience, divided into customers exported, left out and withheld.",
            List.of(
                new Key(Tone.MAIN, "exported"),
                new Key(Tone.SECOND, "left out"),
                new Key(Tone.BAD, "withheld")),
            audiences.stream()
                .map(
                    of ->
                        new BarChart.Row(
                            of.audience(),
                            "%s of %s"
                                .formatted(
                                    numbers.compact((double) of.exported()),
                                    numbers.people(of.matched())),
                            List.of(
                                new BarChart.Amount(of.exported(), Tone.MAIN),
                                new BarChart.Amount(of.leftOutInAll(), Tone.SECOND),
                                new BarChart.Amount(of.withheld(), Tone.BAD))))
                .toList()),
        new DataTable(
            List.of("Audience", "Date", "Channel", "Status"),
            Stream.of(
                    List.of("Matched", "Exported"),
                    LEFT_OUT.stream().map(AudienceSections::words).toList(),
                    List.of("Withheld"))
                .flatMap(List::stream)
                .toList(),
            audiences.stream().map(of -> cells(of, numbers)).toList()));
  }

  private static List<String> cells(Receipt of, Numbers numbers) {
    List<String> cells =
        new ArrayList<>(
            List.of(
                of.audience(),
                of.date().toString(),
                of.channel(),
                of.status().replace('_', ' '),
                numbers.count(of.matched()),
                numbers.count(of.exported())));
    of.leftOut().forEach(customers -> cells.add(numbers.count(customers)));
    cells.add(numbers.count(of.withheld()));
    return cells;
  }

  /** As in "No consent". */
  private static String words(String column) {
    return Character.toUpperCase(column.charAt(0)) + column.substring(1).replace('_', ' ');
  }

  public static Section sizes(List<Receipt> receipts, Numbers numbers) {
    List<LocalDate> all = List.copyOf(new TreeSet<>(receipts.stream().map(Receipt::date).toList()));
    if (all.size() < 2) {
      return Section.empty(
          "audience-sizes",
          SIZES,
          "Audiences were exported for %s so far; sizes are compared from the second date on. Name audiences in exports.audiences to export them after every run."
              .formatted(all.isEmpty() ? "no date" : "one date"));
    }
    List<LocalDate> dates = all.subList(Math.max(0, all.size() - MAX_DATES), all.size());
    List<String> audiences =
        receipts.stream()
            .filter(of -> dates.contains(of.date()))
            .sorted(Comparator.comparing(Receipt::exported).reversed())
            .map(Receipt::audience)
            .distinct()
            .limit(MAX_AUDIENCES)
            .toList();
    List<Receipt> shown =
        receipts.stream()
            .filter(of -> dates.contains(of.date()) && audiences.contains(of.audience()))
            .sorted(Comparator.comparing(of -> audiences.indexOf(of.audience())))
            .toList();
    return new Section(
        "audience-sizes",
        SIZES,
        "Customers in the file of each date, of the %d newest dates; the largest audience first. Blank: nobody asked for it on that date; 0: there was no file."
            .formatted(dates.size()),
        HeatMap.of(
            "A grid of audiences by dates with the number of customers exported.",
            "↓ audience",
            "date",
            audiences,
            dates.stream().map(Period.DAY::shortLabel).toList(),
            shown.stream()
                .map(
                    of ->
                        new HeatMap.Place(
                            audiences.indexOf(of.audience()),
                            dates.indexOf(of.date()),
                            of.exported(),
                            numbers.compact((double) of.exported()),
                            ""))
                .toList()),
        new DataTable(
            List.of("Audience", "Date", "Status"),
            List.of("Matched", "Exported"),
            shown.stream()
                .map(
                    of ->
                        List.of(
                            of.audience(),
                            of.date().toString(),
                            of.status().replace('_', ' '),
                            numbers.count(of.matched()),
                            numbers.count(of.exported())))
                .toList()));
  }
}
