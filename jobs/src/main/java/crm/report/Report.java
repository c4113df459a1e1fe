package crm.report;

import static java.util.stream.Collectors.joining;

import crm.effects.Effect;
import crm.report.figures.LifetimeValue;
import crm.report.figures.PublishedDay;
import crm.report.figures.RevenueForecast;
import crm.report.figures.Runs;
import crm.report.figures.Sales;
import crm.report.page.Group;
import crm.report.page.Html;
import crm.report.page.Numbers;
import crm.report.page.Page;
import crm.report.page.Page.Fact;
import crm.store.Place;
import crm.store.PublishedTables;
import crm.warehouse.UserError;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The published run as one HTML page that needs nothing else: what was and will be sold, who the
 * customers are, whether they stay, what to offer them, and whether the records behind it were
 * sound. It holds sums and counts, and no customer.
 *
 * @param file on the machine that runs the command, or a Hadoop URI
 * @param currency ISO 4217 code of all amounts
 */
public record Report(String file, String currency) implements Effect {
  private static final int BEST_PRODUCTS = 10;
  private static final int BEST_RULES = 12;

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String run(PublishedTables tables, Instant now) {
    Page page = page(PublishedDay.newest(tables), now);
    Place target = new Place(file);
    try {
      target.write(Html.render(page));
    } catch (IOException e) {
      throw UserError.usage(
          "The report cannot be written to %s: %s. Name another file: crm report --out FILE",
          target, e.getMessage());
    }
    return "wrote " + target;
  }

  private Page page(PublishedDay day, Instant now) {
    Numbers numbers = new Numbers(currency);
    Sales sales = new Sales(day);
    List<Sales.Day> days = sales.days();
    Runs runs = new Runs(day.tables().warehouse());
    List<Runs.LastRun> lastRuns = runs.last();
    List<Runs.AcceptedGap> gaps = runs.acceptedGaps();
    LifetimeValue value = LifetimeValue.of(day);
    Optional<RevenueForecast> forecast = RevenueForecast.of(day, days);
    List<AudienceSections.Receipt> receipts = AudienceSections.receipts(day);
    return new Page(
        "Customer report",
        Headline.facts(day, days, value, numbers),
        List.of(
            new Fact("As of", day.date().toString()),
            new Fact("Run", day.tables().runId()),
            new Fact("Made", MOMENT.format(now))),
        notices(lastRuns, gaps),
        List.of(
            new Group(
                "sales",
                "Sales",
                List.of(
                    RevenueSection.section(days, day.date(), numbers),
                    ForecastSection.section(forecast, numbers),
                    ForecastAccuracySections.tested(forecast, day, numbers),
                    ForecastAccuracySections.judged(forecast, numbers))),
            new Group(
                "customers",
                "Who the customers are",
                List.of(
                    RfmSection.section(day, numbers),
                    SegmentSection.section(day, numbers),
                    ClusterSections.profiles(day, numbers),
                    ClusterSections.movements(day, numbers))),
            new Group(
                "loyalty",
                "Who stays, and what they are worth",
                List.of(
                    RetentionSection.section(day, numbers),
                    LifetimeValueSection.section(value, numbers),
                    PurchaseSections.alive(day, numbers),
                    PurchaseSections.holdout(day, numbers),
                    ChurnSections.risk(day, numbers),
                    ChurnSections.tested(day, numbers))),
            new Group(
                "offers",
                "What they buy, and what to offer them",
                List.of(
                    ProductSection.section(sales.best(BEST_PRODUCTS), numbers),
                    RulesSection.section(day, BEST_RULES, numbers),
                    RecommendationSection.section(day, BEST_PRODUCTS, numbers))),
            new Group(
                "exports",
                "Who was written to",
                List.of(
                    AudienceSections.exported(receipts, numbers),
                    AudienceSections.sizes(receipts, numbers))),
            new Group(
                "operations",
                "Behind the numbers",
                List.of(
                    TimingSection.section(lastRuns, numbers),
                    QualitySections.records(runs.outcomes(), numbers),
                    QualitySections.gaps(gaps),
                    QualitySections.rejections(runs.rejections(), numbers)))));
  }

  private static List<String> notices(List<Runs.LastRun> runs, List<Runs.AcceptedGap> gaps) {
    List<String> notices = new ArrayList<>();
    List<Runs.LastRun> bad = runs.stream().filter(run -> !run.isGood()).toList();
    if (!bad.isEmpty()) {
      notices.add(
          "The last run of %s did not succeed; what is shown may be older than the newest delivery. See: crm status"
              .formatted(String.join(", ", bad.stream().map(Runs.LastRun::job).toList())));
    }
    if (!gaps.isEmpty()) {
      notices.add(
          "The numbers lack days of %s, which were accepted as missing; they are named under %s."
              .formatted(
                  gaps.stream().map(Runs.AcceptedGap::job).distinct().collect(joining(", ")),
                  QualitySections.GAPS));
    }
    return notices;
  }
}
