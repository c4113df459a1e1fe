package crm.run;

import static crm.warehouse.tables.CustomerTables.CUSTOMER_PURCHASES;
import static org.assertj.core.api.Assertions.assertThat;

import crm.jobs.customer.CustomerPurchases;
import crm.store.AsOf;
import crm.store.ContentHash;
import crm.store.Warehouse;
import crm.testing.Sessions;
import crm.warehouse.StateJob;
import crm.warehouse.Table;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day's step equals the full recompute, and both equal the definition: 200 random histories
 * with every trouble, each a source of its own, through real Delta tables.
 */
class StateProofTest {
  private static final int HISTORIES = 200;

  /** The days the job runs; over the others it steps at once. */
  private static final int[] RUNS = {0, 1, 2, 4, 5, 8, 9};

  private final StateJob job = new CustomerPurchases();
  private final List<PurchaseHistory> histories =
      LongStream.rangeClosed(1, HISTORIES).mapToObj(PurchaseHistory::new).toList();

  @Test
  void stepsEqualTheRecomputeAndTheDefinition(@TempDir Path folder) {
    Warehouse warehouse = new Warehouse(Sessions.small(), folder.toString());
    RunHistory history = new RunHistory(warehouse);
    store(warehouse);
    LocalDate before = null;
    Map<Table, ContentHash> stepped = Map.of();
    for (int run : RUNS) {
      LocalDate date = PurchaseHistory.START.plusDays(run);
      Computation computation = new Computation(warehouse, history, job, date);
      stepped = before == null ? computation.run() : computation.advance(before);
      assertThat(state(warehouse, date)).as("state of %s", date).isEqualTo(defined(date));
      before = date;
    }
    LocalDate last = before;
    assertThat(new Computation(warehouse, history, job, last).run())
        .as("what the full recompute of the last date adds to the date before")
        .isEqualTo(stepped);
    assertThat(state(warehouse, last)).as("recomputed state").isEqualTo(defined(last));
    LocalDate past = PurchaseHistory.START.plusDays(4);
    assertThat(state(warehouse, past)).as("state of a past date").isEqualTo(defined(past));
  }

  private void store(Warehouse warehouse) {
    Map<Table, List<Row>> rows = new HashMap<>();
    for (PurchaseHistory history : histories) {
      history
          .stored()
          .forEach(
              (table, more) -> rows.computeIfAbsent(table, t -> new ArrayList<>()).addAll(more));
    }
    LocalDate end = PurchaseHistory.START.plusDays(PurchaseHistory.DAYS);
    rows.forEach(
        (table, all) ->
            warehouse.replace(
                table,
                warehouse.spark().createDataFrame(all, table.storedSchema()),
                PurchaseHistory.START,
                end,
                Optional.empty()));
  }

  private static Map<String, PurchaseHistory.Bought> state(Warehouse warehouse, LocalDate date) {
    Dataset<Row> visible =
        AsOf.visible(CUSTOMER_PURCHASES, warehouse.stored(CUSTOMER_PURCHASES), date);
    Map<String, PurchaseHistory.Bought> state = new TreeMap<>();
    for (Row row : visible.collectAsList()) {
      PurchaseHistory.Bought twice =
          state.put(
              row.getAs("source") + " " + row.getAs("customer_id"),
              new PurchaseHistory.Bought(
                  day(row.getAs("first_order_on")),
                  day(row.getAs("last_order_on")),
                  row.<Long>getAs("orders"),
                  row.getAs("gross_amount"),
                  row.getAs("returned_amount")));
      assertThat(twice).as("a second row of a key").isNull();
    }
    return state;
  }

  private Map<String, PurchaseHistory.Bought> defined(LocalDate date) {
    Map<String, PurchaseHistory.Bought> defined = new TreeMap<>();
    for (PurchaseHistory history : histories) {
      history
          .bought(date)
          .forEach((customer, bought) -> defined.put(history.source() + " " + customer, bought));
    }
    return defined;
  }

  private static LocalDate day(Date date) {
    return date == null ? null : date.toLocalDate();
  }
}
