package crm.engine.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.warehouse.Table;
import crm.warehouse.render.Ddl;
import crm.warehouse.tables.customer.CustomerTables;
import crm.warehouse.tables.ops.OpsTables;
import crm.warehouse.tables.sales.SalesTables;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the generated DDL creates is what the warehouse would have created. */
class DdlTest {
  static Stream<Table> oneOfEachKind() {
    return List.of(
        CustomerTables.CUSTOMER_RFM,
        CustomerTables.INTERACTIONS,
        SalesTables.ORDERS,
        OpsTables.JOB_RUNS)
        .stream();
  }

  @ParameterizedTest
  @MethodSource("oneOfEachKind")
  void createsWhatTheWarehouseExpects(Table table, @TempDir Path folder) {
    SparkSession spark = Sessions.small();
    for (String statement :
        Ddl.createTable(table).replace("${warehouse}", folder.toString()).split(";\n")) {
      spark.sql(statement);
    }
    spark.sql("DROP TABLE " + table); // Of the catalog; the files stay.
    Warehouse registered = new Warehouse(spark, folder.toString());
    assertThatCode(() -> registered.ensure(table)).doesNotThrowAnyException();
    Warehouse ours = new Warehouse(spark, folder.resolve("ours").toString());
    ours.ensure(table);
    assertThat(described(registered, table)).isEqualTo(described(ours, table));
    assertThat(registered.stored(table).schema()).isEqualTo(ours.stored(table).schema());
  }

  private static List<String> described(Warehouse warehouse, Table table) {
    return RowLines.sorted(
        Sessions.small()
            .sql("DESCRIBE DETAIL delta.`" + warehouse.path(table) + "`")
            .selectExpr("description", "partitionColumns", "map_entries(properties)"));
  }
}
