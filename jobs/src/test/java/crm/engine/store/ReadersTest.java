package crm.engine.store;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import crm.engine.run.TinyCompany;
import crm.testing.KernelTable;
import crm.testing.RowLines;
import crm.testing.Sessions;
import crm.testing.Workbench;
import crm.warehouse.Field;
import crm.warehouse.Kind;
import crm.warehouse.Layer;
import crm.warehouse.Privacy;
import crm.warehouse.Table;
import crm.warehouse.render.Checksum;
import crm.warehouse.render.Ddl;
import crm.warehouse.render.Dialect;
import crm.warehouse.render.Registration;
import crm.warehouse.tables.AllTables;
import crm.warehouse.tables.customer.CustomerTables;
import crm.warehouse.tables.sales.SalesTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever reads the stored tables with something else sees what we see. */
class ReadersTest {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 30);

  @TempDir private static Path home;
  private static Workbench company;
  private static List<Table> filled;

  /** Jobs whose tables are of each kind and have each type there is. */
  private static final String[] COMPUTATIONS = {
    "customer_purchases",
    "customer_purchase_days",
    "customer_rfm",
    "cohort_retention",
    "product_association_rules"
  };

  @BeforeAll
  static void runAndCompact() {
    company = new Workbench(home, TinyCompany.SETTINGS);
    TinyCompany.deliver(company, DAY);
    company.load(DAY);
    // On the second day some are bought together more often than by chance.
    for (LocalDate day = DAY.plusDays(1); !day.isAfter(DAY.plusDays(2)); day = day.plusDays(1)) {
      company.load(day);
      company.run(day, COMPUTATIONS);
    }
    company.run(DAY.plusDays(1), "customer_rfm"); // So that a log tells of replaced files.
    filled = outsideOps().filter(table -> company.warehouse().version(table).isPresent()).toList();
    for (Table table : curated().toList()) {
      new Maintenance(company.warehouse()).compact(table);
    }
  }

  static Stream<Table> curated() {
    return filled().filter(table -> table.layer() == Layer.CURATED);
  }

  static Stream<Table> outsideOps() {
    return AllTables.ALL.stream().filter(table -> table.layer() != Layer.OPS);
  }

  static Stream<Table> filled() {
    return filled.stream();
  }

  /** Core tables bring what curated ones do not have yet: moments, and months as partitions. */
  static Stream<Table> compared() {
    return Stream.concat(
        curated(),
        Stream.of(
            SalesTables.ORDERS,
            SalesTables.ORDER_LINES,
            SalesTables.ORDER_RETURNS,
            CustomerTables.CONSENTS));
  }

  @Test
  void everyTypeOfEveryKindIsCompared() {
    assertThat(types(compared())).isEqualTo(types(outsideOps()));
  }

  private static Set<String> types(Stream<Table> tables) {
    return tables
        .flatMap(
            table ->
                table.layout().columns().stream()
                    .map(column -> table.kind() + " " + column.type().sql()))
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @MethodSource("compared")
  void deltaKernelReadsTheSameRows(Table table) throws IOException {
    Checksum ours = checksum(company.stored(table), table);
    assertThat(ours.rows()).isPositive();
    assertThat(new KernelTable(company.warehouse().path(table)).checksum(table)).isEqualTo(ours);
  }

  /** Reader features are what keeps others out, and are slow to be got rid of. */
  @ParameterizedTest
  @MethodSource("outsideOps")
  void noFeatureKeepsAReaderOut(Table table) {
    company.warehouse().ensure(table);
    var snapshot = new KernelTable(company.warehouse().path(table)).snapshot();
    assertThat(snapshot.getProtocol().getMinReaderVersion()).isEqualTo(1);
    assertThat(snapshot.getProtocol().getMinWriterVersion()).isLessThanOrEqualTo(3);
    assertThat(snapshot.getProtocol().getReaderFeatures()).isEmpty();
    assertThat(snapshot.getTableProperties())
        .containsAllEntriesOf(
            Map.of(
                "delta.checkpointPolicy", "classic",
                "delta.columnMapping.mode", "none",
                "delta.enableChangeDataFeed", "false",
                "delta.enableDeletionVectors", "false",
                "delta.enableInCommitTimestamps", "false",
                "delta.enableRowTracking", "false",
                "delta.enableTypeWidening", "false"));
  }

  @ParameterizedTest
  @MethodSource("outsideOps")
  void everyReaderHasTheTypes(Table table) {
    for (Field column : table.layout().columns()) {
      assertThat(
              List.of(
                          DataTypes.BooleanType,
                          DataTypes.IntegerType,
                          DataTypes.LongType,
                          DataTypes.DoubleType,
                          DataTypes.StringType,
                          DataTypes.DateType,
                          DataTypes.TimestampType)
                      .contains(column.type())
                  || (column.type() instanceof DecimalType decimal && decimal.precision() <= 18))
          .as(table + "." + column.name() + " " + column.type().sql())
          .isTrue();
    }
  }

  /** The log keeps least and greatest values, and is kept longer than the rows. */
  @ParameterizedTest
  @MethodSource("filled")
  void theLogHoldsNoPersonalValues(Table table) throws IOException {
    Path log = Path.of(company.warehouse().path(table), "_delta_log");
    List<Path> commits;
    try (Stream<Path> files = Files.list(log)) {
      commits =
          files
              .filter(file -> file.toString().endsWith(".json"))
              .sorted()
              .filter(file -> !file.endsWith("00000000000000000000.json"))
              .toList();
    }
    assertThat(Files.readString(commits.get(commits.size() - 1)))
        .as("a commit that says of rows what it may")
        .contains("numRecords");
    for (Field column : table.layout().columns()) {
      if (column.privacy() != Privacy.NONE) {
        for (Path commit : commits) {
          assertThat(Files.readString(commit)).doesNotContain("\\\"" + column.name() + "\\\":\\\"");
        }
      }
    }
  }

  @Test
  void registeredTablesAreTheSame() {
    SparkSession spark = Sessions.small();
    List<Table> tables = curated().toList();
    for (String statement :
        Registration.SPARK.statements(tables, company.settings().warehouse()).split(";\n")) {
      spark.sql(statement);
    }
    try {
      for (Table table : tables) {
        assertThat(RowLines.sorted(spark.table(table + "_latest")))
            .as(table + "_latest")
            .isNotEmpty()
            .isEqualTo(RowLines.sorted(newest(table)));
      }
      for (Row answer : spark.sql(Checksum.query(tables, Dialect.SPARK)).collectAsList()) {
        Table table = AllTables.named(answer.getString(0));
        assertThat(answer.getString(1)).isEqualTo(checksum(company.stored(table), table).text());
      }
    } finally {
      for (Table table : tables) { // Of the catalog; files stay.
        spark.sql("DROP VIEW " + table + "_latest");
        spark.sql("DROP TABLE " + table);
      }
    }
  }

  private static Dataset<Row> newest(Table table) {
    Dataset<Row> rows = company.stored(table);
    Object date = rows.selectExpr("max(logical_date)").head().get(0);
    return rows.where(col(Table.LOGICAL_DATE).equalTo(date));
  }

  /** As analysts ask: a sum over a snapshot is of one date. */
  @Test
  void aQueryCanNameTheNewestDate() {
    company.runner().publication().publish();
    PublishedTables published = new PublishedTables(company.warehouse());
    Table table = CustomerTables.CUSTOMER_RFM;
    assertThat(
            published
                .query(
                    "select count(*), min(l.logical_date), max(l.logical_date) from"
                        + " curated.customer_rfm_latest l where l.customer_id in (select customer_id"
                        + " from CURATED.customer_rfm)")
                .head()
                .toString())
        .isEqualTo(
            newest(table)
                .selectExpr("count(*)", "max(logical_date)", "max(logical_date)")
                .head()
                .toString());
    assertThat(newest(table).count()).isLessThan(company.stored(table).count());
  }

  @Test
  void aTableOfAnOlderReleaseLearnsNewProperties(@TempDir Path folder) {
    Table table =
        Table.curated("older", Kind.SNAPSHOT)
            .grain("customer")
            .column("customer_id", DataTypes.StringType, "Customer.")
            .key("customer_id")
            .build();
    Warehouse warehouse = new Warehouse(Sessions.small(), folder.toString());
    warehouse.ensure(table);
    Sessions.small()
        .sql(
            "ALTER TABLE delta.`%s` UNSET TBLPROPERTIES ('delta.enableRowTracking')"
                .formatted(warehouse.path(table)));
    new Warehouse(Sessions.small(), folder.toString()).ensure(table);
    assertThat(new KernelTable(warehouse.path(table)).snapshot().getTableProperties())
        .containsAllEntriesOf(Ddl.properties(table));
    long version = warehouse.version(table).get();
    new Warehouse(Sessions.small(), folder.toString()).ensure(table);
    assertThat(warehouse.version(table)).as("nothing left to say").contains(version);
  }

  private static Checksum checksum(Dataset<Row> rows, Table table) {
    return new Checksum(
        rows.selectExpr(Checksum.expression(table, Dialect.SPARK)).head().getString(0));
  }
}
