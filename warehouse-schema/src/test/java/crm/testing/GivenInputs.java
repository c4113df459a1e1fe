package crm.testing;

import crm.warehouse.Table;
import crm.warehouse.job.Inputs;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The visible rows of each table, given; what was asked for is remembered. */
public final class GivenInputs implements Inputs {
  private final Map<Table, Dataset<Row>> rows = new HashMap<>();
  private final Map<Table, Previous> previous = new HashMap<>();
  private final Map<Table, Dataset<Row>> before = new HashMap<>();
  private final Map<Table, Dataset<Row>> changed = new HashMap<>();
  private final Set<Table> asked = new HashSet<>();
  private boolean wholePlans;

  public GivenInputs given(Table table, Dataset<Row> visible) {
    rows.put(table, visible);
    return this;
  }

  /** What the job wrote last, of its tables. */
  public GivenInputs previously(Table own, Previous result) {
    previous.put(own, result);
    return this;
  }

  /**
   * What was visible on the date of the stored state, for its step.
   *
   * @param keys of the rows that may differ since; none of a state itself
   */
  public GivenInputs since(Table table, Dataset<Row> visible, Dataset<Row> keys) {
    before.put(table, visible);
    changed.put(table, keys);
    return this;
  }

  public Set<Table> asked() {
    return asked;
  }

  @Override
  public Dataset<Row> get(Table table) {
    return given(rows, table);
  }

  private Dataset<Row> given(Map<Table, Dataset<Row>> rows, Table table) {
    asked.add(table);
    if (!rows.containsKey(table)) {
      throw new IllegalArgumentException("The test gives no rows of " + table + ".");
    }
    return rows.get(table);
  }

  @Override
  public Dataset<Row> get(Table table, Dataset<Row> keys) {
    return get(table).join(keys, keys.columns(), "left_semi");
  }

  @Override
  public Dataset<Row> asOfState(Table table, Dataset<Row> keys) {
    return given(before, table).join(keys, keys.columns(), "left_semi");
  }

  @Override
  public Dataset<Row> changedKeys(Table table) {
    return given(changed, table);
  }

  /** Leaves in every plan where its rows come from. */
  public GivenInputs withWholePlans() {
    wholePlans = true;
    return this;
  }

  @Override
  public Dataset<Row> cached(Dataset<Row> rows) {
    return wholePlans ? rows : rows.localCheckpoint();
  }

  @Override
  public Optional<Previous> previous(Table own) {
    asked.add(own);
    return Optional.ofNullable(previous.get(own));
  }

  @Override
  public Dataset<Row> history(Table own) {
    return get(own);
  }

  @Override
  public Dataset<Row> loadedBefore(Table own) {
    return get(own);
  }
}
