package crm.report;

import crm.engine.files.StoragePath;
import crm.engine.run.Effect;
import crm.engine.store.PublishedTables;
import crm.report.customer.CustomerReport;
import crm.report.figures.LifetimeValue;
import crm.report.figures.PublishedDay;
import crm.report.figures.Runs;
import crm.report.figures.Sales;
import crm.report.marketing.MarketingReport;
import crm.report.operations.OperationsReport;
import crm.report.page.Group;
import crm.report.page.Numbers;
import crm.report.page.Page;
import crm.report.page.Page.Fact;
import crm.report.sales.SalesReport;
import crm.warehouse.UserError;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The published run as one HTML page that needs nothing else: what was and will be sold, who the
 * customers are, whether they stay, what to offer them, and whether the records behind it were
 * sound. It holds sums and counts, and no customer.
 *
 * @param file on the machine that runs the command, or a Hadoop URI
 * @param currency ISO 4217 code of all amounts
 */
public record Report(String file, String currency) implements Effect {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  @Override
  public String name() {
    return "report";
  }

  /** A report that was written. */
  public record Written(StoragePath file) implements Effect.Result {
    @Override
    public String summary() {
      return "wrote " + file;
    }
  }

  @Override
  public Written run(PublishedTables tables, Instant now) {
    Page page = page(PublishedDay.newest(tables), now);
    StoragePath target = new StoragePath(file);
    try {
      target.write(Html.render(page));
    } catch (IOException e) {
      throw UserError.usage(
          "The report cannot be written to %s: %s. Name another file: crm report --out FILE",
          target, e.getMessage());
    }
    return new Written(target);
  }

  private Page page(PublishedDay day, Instant now) {
    Numbers numbers = new Numbers(currency);
    Sales sales = new Sales(day);
    List<Sales.Day> days = sales.days();
    LifetimeValue value = LifetimeValue.of(day);
    OperationsReport operations = new OperationsReport(new Runs(day.tables().warehouse()), numbers);
    List<Group> groups = new ArrayList<>(SalesReport.groups(day, days, numbers));
    groups.addAll(CustomerReport.groups(day, value, numbers));
    groups.addAll(MarketingReport.groups(day, sales, numbers));
    groups.addAll(operations.groups());
    return new Page(
        "Customer report",
        Headline.facts(day, days, value, numbers),
        List.of(
            new Fact("As of", day.date().toString()),
            new Fact("Run", day.tables().runId()),
            new Fact("Made", MOMENT.format(now))),
        operations.notices(),
        groups);
  }
}
