package crm.simulation;

import static crm.simulation.sales.SalesFiles.SALES;

import crm.simulation.customer.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;

/** A bad day: what goes wrong in real deliveries, added to a sample company. */
public final class FaultyDelivery {
  private FaultyDelivery() {}

  /**
   * Adds to the day's files: late sales of the day before, one customer's deletion, and a file with
   * broken records.
   *
   * @param customer number of the customer who is deleted
   */
  public static void add(Path landing, LocalDate day, int customer) throws IOException {
    LocalDate before = day.minusDays(1);
    write(
        landing.resolve("shop/sales_" + before + "_late.csv"),
        SALES.header(),
        "O-LATE-1,1,C000001,%s 09:30:00,store,P007,2,19.95,EUR,placed".formatted(before),
        "O-LATE-1,2,C000001,%s 09:30:00,store,P011,1,24.95,EUR,placed".formatted(before));
    write(
        landing.resolve("profiles/customers_" + day + "_deletions.jsonl"),
        Profiles.deletion(customer, day));
    write(
        landing.resolve("shop/sales_" + day + "_bad.csv"),
        SALES.header(),
        "O-BAD-1,1,C000002,%s 10:00:00,web,P001,two,38.95,EUR,placed".formatted(day),
        "O-BAD-2,1,C000002,%s 10:05:00,web,P001,1,38.95,USD,placed".formatted(day),
        "O-BAD-3,1,C000002,web,P001,1",
        "O-GOOD-4,1,C000002,%s 10:15:00,web,P001,1,38.95,EUR,placed".formatted(day));
  }

  private static void write(Path file, String... lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
