package crm.engine.run;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import crm.warehouse.Check;
import crm.warehouse.Field;
import crm.warehouse.Kind;
import crm.warehouse.Table;
import java.util.HashSet;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the definition of a table says of its rows. */
final class TableFacts {
  private TableFacts() {}

  /** Types, presence, checks and key, of the columns that the rows have. */
  static void hold(Table table, Dataset<Row> rows) {
    Set<String> present = Set.of(rows.columns());
    assertThat(present).containsAll(table.columnNames());
    for (Field column : table.layout().columns()) {
      if (present.contains(column.name())) {
        assertThat(rows.schema().apply(column.name()).dataType().asNullable())
            .as(column.name())
            .isEqualTo(column.type().asNullable());
        if (!table.layout().schema().apply(column.name()).nullable()) {
          assertThat(rows.where(col(column.name()).isNull()).count())
              .as("rows without %s", column.name())
              .isZero();
        }
      }
    }
    for (Check check : table.layout().checks()) {
      assertThat(rows.where("NOT coalesce(" + check.predicate() + ", true)").count())
          .as("rows against %s", check.name())
          .isZero();
    }
    if (!table.key().isEmpty()) {
      Set<String> key = new HashSet<>(table.fullKey());
      if (table.kind() != Kind.EVENTS) {
        key.add(Table.LOGICAL_DATE);
      }
      String[] columns = key.toArray(String[]::new);
      assertThat(
              rows.select(rows.col(columns[0]).as("k"), rows.col("*"))
                  .dropDuplicates(columns)
                  .count())
          .as("keys of %s", table)
          .isEqualTo(rows.count());
    }
  }
}
