package crm.engine.store;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Field;
import crm.warehouse.RowHash;
import crm.warehouse.Table;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;

/**
 * A hash of a set of rows that does not depend on their order and adds up over disjoint sets: the
 * number of rows and the sums of the halves of their hashes.
 */
public record ContentHash(long rows, long low, long high) {
  public static final ContentHash EMPTY = new ContentHash(0, 0, 0);

  public ContentHash plus(ContentHash other) {
    return new ContentHash(rows + other.rows, low + other.low, high + other.high);
  }

  /**
   * The three sums over the rows for which {@code counts} holds, named rows, hash_low, hash_high.
   * The logical date is not hashed: it says where the rows lie, not what they say.
   */
  public static Column[] sums(Table table, Column counts) {
    List<String> columns = new ArrayList<>();
    table.layout().leading().forEach(column -> columns.add(column.name()));
    columns.addAll(table.columnNames());
    table.layout().system().stream()
        .map(Field::name)
        .filter(name -> List.of(Table.SEQUENCE, Table.IS_DELETED).contains(name))
        .forEach(columns::add);
    Column hash = RowHash.column(columns);
    return new Column[] {
      count(when(counts, lit(1))).as("rows"),
      coalesce(sum(when(counts, hash.bitwiseAND(lit(0xFFFFFFFFL)))), lit(0L)).as("hash_low"),
      coalesce(sum(when(counts, shiftright(hash, 32))), lit(0L)).as("hash_high")
    };
  }
}
