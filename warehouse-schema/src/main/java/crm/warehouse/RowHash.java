package crm.warehouse;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** A hash that is equal for equal content. */
public final class RowHash {
  private RowHash() {}

  /**
   * A 64-bit hash of the columns. Spark's hash skips NULL, so that (NULL, 'a') and ('a', NULL)
   * would hash alike: whether a column is NULL is hashed beside it.
   */
  public static Column column(List<String> columns) {
    return xxhash64(
        columns.stream()
            .flatMap(name -> Stream.of(col(name), col(name).isNull()))
            .toArray(Column[]::new));
  }
}
