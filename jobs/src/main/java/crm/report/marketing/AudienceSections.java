package crm.report.marketing;

import crm.report.figures.MarketingFigures;
import crm.report.figures.MarketingFigures.Receipt;
import crm.report.figures.Period;
import crm.report.page.BarChart;
import crm.report.page.DataTable;
import crm.report.page.HeatMap;
import crm.report.page.Key;
import crm.report.page.Numbers;
import crm.report.page.Section;
import crm.report.page.Tone;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Draws how many customers were exported, who was left out, and how that changed. */
final class AudienceSections {
  private static final String EXPORTED = "Audiences that were exported";
  private static final String SIZES = "Size of the audiences over time";
  private static final int MAX_AUDIENCES = 12;
  private static final int MAX_DATES = 6;

  private AudienceSections() {}

  static Section exported(List<Receipt> receipts, Numbers numbers) {
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
            audiences,
            of ->
                new BarChart.Row(
                    of.audience(),
                    "%s of %s"
                        .formatted(
                            numbers.compact((double) of.exported()), numbers.people(of.matched())),
                    List.of(
                        new BarChart.Amount(of.exported(), Tone.MAIN),
                        new BarChart.Amount(of.leftOutInAll(), Tone.SECOND),
                        new BarChart.Amount(of.withheld(), Tone.BAD)))),
        DataTable.of(
            List.of("Audience", "Date", "Channel", "Status"),
            Stream.of(
                    List.of("Matched", "Exported"),
                    MarketingFigures.LEFT_OUT.stream().map(AudienceSections::words).toList(),
                    List.of("Withheld"))
                .flatMap(List::stream)
                .toList(),
            audiences,
            of -> cells(of, numbers)));
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

  static Section sizes(List<Receipt> receipts, Numbers numbers) {
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
        DataTable.of(
            List.of("Audience", "Date", "Status"),
            List.of("Matched", "Exported"),
            shown,
            of ->
                List.of(
                    of.audience(),
                    of.date().toString(),
                    of.status().replace('_', ' '),
                    numbers.count(of.matched()),
                    numbers.count(of.exported()))));
  }
}
