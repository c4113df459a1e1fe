package crm.engine.run;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASE_DAYS;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.history.RunHistory;
import crm.engine.store.AsOf;
import crm.engine.store.ContentHash;
import crm.engine.store.Warehouse;
import crm.jobs.customer.CustomerPurchaseDays;
import crm.jobs.customer.CustomerPurchases;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.Table;
import crm.warehouse.job.StateJob;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The day's step equals the full recompute, and both equal the definition: 200 random histories
 * with every trouble, each a source of its own, through real Delta tables.
 */
class StateProofTest {
  private static final int COUNT = 200;

  /** The days the jobs run; over the others they step at once. */
  private static final int[] RUNS = {0, 1, 4, 5, 9};

  private static final List<PurchaseHistory> HISTORIES =
      LongStream.rangeClosed(1, COUNT).mapToObj(PurchaseHistory::new).toList();

  @TempDir static Path folder;
  private static Warehouse warehouse;

  @BeforeAll
  static void storeHistories() {
    warehouse = new Warehouse(Sessions.small(), folder.toString());
    Map<Table, List<Row>> rows = new HashMap<>();
    for (PurchaseHistory history : HISTORIES) {
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
                warehouse.spark().createDataFrame(all, table.layout().schema()),
                PurchaseHistory.START,
                end,
                Optional.empty()));
  }

  @Test
  void stepsOfPurchasesEqualTheRecomputeAndTheDefinition() {
    prove(new CustomerPurchases(), CUSTOMER_PURCHASES, PurchaseHistory::purchases);
  }

  @Test
  void stepsOfPurchaseDaysEqualTheRecomputeAndTheDefinition() {
    prove(new CustomerPurchaseDays(), CUSTOMER_PURCHASE_DAYS, PurchaseHistory::purchaseDays);
  }

  private static void prove(
      StateJob job, Table table, BiFunction<PurchaseHistory, LocalDate, List<String>> definition) {
    RunHistory history = new RunHistory(warehouse);
    LocalDate before = null;
    Map<Table, ContentHash> stepped = Map.of();
    for (int run : RUNS) {
      LocalDate date = PurchaseHistory.START.plusDays(run);
      Computation computation = new Computation(warehouse, history, job, date);
      stepped =
          (before == null ? computation.run(Optional.empty()) : computation.advance(before))
              .contents();
      assertThat(state(table, date)).as("state of %s", date).isEqualTo(defined(definition, date));
      before = date;
    }
    LocalDate last = before;
    assertThat(new Computation(warehouse, history, job, last).run(Optional.empty()).contents())
        .as("what the full recompute of the last date adds to the date before")
        .isEqualTo(stepped);
    // As a run leaves them that was stopped before it was recorded.
    new Computation(warehouse, history, job, last.minusDays(2)).run(Optional.empty());
    Optional<LocalDate> good = Optional.of(PurchaseHistory.START.plusDays(RUNS[RUNS.length - 2]));
    assertThat(new Computation(warehouse, history, job, last).run(good).contents())
        .as("what the full recompute adds to the last good state")
        .isEqualTo(stepped);
    assertThat(
            RowLines.sorted(storedSince(table, good.get()).select(Table.LOGICAL_DATE).distinct()))
        .as("dates of the rows since")
        .containsExactly(last.toString());
    assertThat(state(table, last)).as("recomputed state").isEqualTo(defined(definition, last));
    LocalDate past = PurchaseHistory.START.plusDays(4);
    assertThat(state(table, past)).as("state of a past date").isEqualTo(defined(definition, past));
  }

  private static Dataset<Row> storedSince(Table table, LocalDate date) {
    return warehouse.stored(table).where(col(Table.LOGICAL_DATE).gt(lit(date)));
  }

  private static List<String> state(Table table, LocalDate date) {
    return RowLines.sorted(AsOf.visible(table, warehouse.stored(table), date));
  }

  private static List<String> defined(
      BiFunction<PurchaseHistory, LocalDate, List<String>> definition, LocalDate date) {
    return HISTORIES.stream()
        .flatMap(history -> definition.apply(history, date).stream())
        .sorted()
        .toList();
  }
}
