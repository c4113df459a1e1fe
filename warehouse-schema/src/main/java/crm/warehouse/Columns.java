package crm.warehouse;

import static org.apache.spark.sql.functions.col;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/** Columns by name, as Spark takes them. */
public final class Columns {
  private Columns() {}

  public static Column[] named(String... names) {
    return named(List.of(names));
  }

  /** Columns of these names and, behind them, of more. */
  public static Column[] named(Collection<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}
