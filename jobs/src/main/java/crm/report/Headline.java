package crm.report;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;

import crm.report.figures.LifetimeValue;
import crm.report.figures.PublishedDay;
import crm.report.figures.Sales;
import crm.report.page.Numbers;
import crm.report.page.Page.Fact;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/** The few numbers on top of the page. */
final class Headline {
  private Headline() {}

  static List<Fact> facts(
      PublishedDay day, List<Sales.Day> sales, LifetimeValue value, Numbers numbers) {
    BigDecimal returned = sum(sales, Sales.Day::returned);
    BigDecimal unknown = sum(sales, Sales.Day::unknown);
    return List.of(
        new Fact(
            "Customers",
            numbers.count(day.count(CUSTOMERS)),
            numbers.count(value.customers()) + " of them ordered"),
        new Fact(
            "Orders",
            numbers.count(sales.stream().mapToLong(Sales.Day::orders).sum()),
            "not cancelled, worth more than zero"),
        new Fact(
            "Revenue, net",
            numbers.whole(sum(sales, Sales.Day::gross).subtract(returned)),
            "after %s of returns%s"
                .formatted(
                    numbers.whole(returned),
                    unknown.signum() == 0
                        ? ""
                        : "; %s is from customers nobody knows".formatted(numbers.whole(unknown)))),
        new Fact("Lifetime value", numbers.whole(value.total()), value.formula()));
  }

  private static BigDecimal sum(List<Sales.Day> days, Function<Sales.Day, BigDecimal> amount) {
    return days.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
