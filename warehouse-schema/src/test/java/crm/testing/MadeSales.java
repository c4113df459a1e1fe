package crm.testing;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.sales.ForecastTables.FORECAST_ACCURACY;
import static crm.warehouse.tables.sales.ForecastTables.SALES_FORECAST;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.ORDER_RETURNS;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.apache.spark.sql.functions.lit;

import crm.warehouse.Field;
import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Orders and returns of a made-up shop, to be given to the job as rows. */
public final class MadeSales {
  private final List<Row> lines = new ArrayList<>();
  private final List<Row> returns = new ArrayList<>();
  private final List<Row> products = new ArrayList<>();
  private final List<Row> customers = new ArrayList<>();

  public MadeSales product(String id, String category) {
    products.add(row(id, category));
    return this;
  }

  public MadeSales customer(String id, String country) {
    customers.add(row(id, country));
    return this;
  }

  /** An order with one line. */
  public MadeSales sell(
      LocalDate day, String customer, String channel, String product, int pieces, String amount) {
    String order = String.valueOf(lines.size());
    lines.add(row(order, customer, day.toString(), channel, product, "" + pieces, amount));
    return this;
  }

  public MadeSales sell(LocalDate day, int pieces, String amount) {
    return sell(day, "A", "web", "cup", pieces, amount);
  }

  public MadeSales takeBack(LocalDate day, String customer, String product, String amount) {
    returns.add(row(String.valueOf(returns.size()), customer, day.toString(), product, amount));
    return this;
  }

  public GivenInputs inputs() {
    String[] line = {
      "order_id", "customer_id", "ordered_on", "channel", "product_id", "quantity", "line_amount"
    };
    Dataset<Row> sold = texts(lines, line).withColumn("status", lit("placed"));
    return new GivenInputs()
        .given(ORDERS, as(ORDERS, sold))
        .given(ORDER_LINES, as(ORDER_LINES, sold.withColumn("line_id", lit("1"))))
        .given(
            ORDER_RETURNS,
            as(
                ORDER_RETURNS,
                texts(returns, "return_id", "customer_id", "returned_on", "product_id", "amount")))
        .given(PRODUCTS, as(PRODUCTS, texts(products, "product_id", "category")))
        .given(CUSTOMERS, as(CUSTOMERS, texts(customers, "customer_id", "country")))
        .given(SALES_FORECAST, as(SALES_FORECAST, texts(List.of(), "source")))
        .given(FORECAST_ACCURACY, as(FORECAST_ACCURACY, texts(List.of(), "source")));
  }

  private static Row row(String... cells) {
    return RowFactory.create((Object[]) cells);
  }

  private static Dataset<Row> texts(List<Row> rows, String... columns) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return Sessions.small().createDataFrame(rows, schema);
  }

  /** The columns a job sees of the table; NULL where there is none of the name. */
  private static Dataset<Row> as(Table table, Dataset<Row> rows) {
    List<Field> columns = new ArrayList<>(table.layout().leading());
    columns.addAll(table.columns());
    if (table.isModelOutput()) {
      columns.addAll(table.layout().system());
    }
    List<String> known = List.of(rows.columns());
    return rows.select(
        columns.stream()
            .map(
                column ->
                    (known.contains(column.name())
                            ? functions.col(column.name())
                            : lit(column.name().equals(Table.SOURCE) ? "shop" : null))
                        .cast(column.type())
                        .as(column.name()))
            .toArray(Column[]::new));
  }
}
