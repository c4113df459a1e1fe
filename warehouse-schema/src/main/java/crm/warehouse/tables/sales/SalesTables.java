package crm.warehouse.tables.sales;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import crm.warehouse.Kind;
import crm.warehouse.Money;
import crm.warehouse.Table;
import java.util.List;

/** What was offered, ordered and returned. */
public final class SalesTables {
  private SalesTables() {}

  public static final Table PRODUCTS =
      Table.core("products", Kind.ENTITIES)
          .grain("product of one source")
          .column("product_id", StringType, "The source's id of the product.")
          .column("name", StringType, "Name as the source writes it.")
          .column("category", StringType, "Category as the source writes it.")
          .column("list_price", Money.AMOUNT, "Price of one piece, in the base currency.")
          .key("product_id")
          .check("price_not_negative", "list_price >= 0")
          .build();

  public static final Table ORDERS =
      Table.core("orders", Kind.ENTITIES)
          .grain("order of one source")
          .column("order_id", StringType, "The source's id of the order.")
          .pseudonym("customer_id", StringType, "Customer; NULL if unknown or erased.")
          .required("ordered_at", TimestampType, "When it was placed, UTC.")
          .required("ordered_on", DateType, "Calendar day of ordered_at.")
          .column("channel", StringType, "Where it was placed, as in web or store.")
          .required("status", StringType, "placed or cancelled; anything else is rejected.")
          .key("order_id")
          .subject("customer_id")
          .eventDate("ordered_on", "ordered_at")
          .check("known_status", "status IN ('placed', 'cancelled')")
          .build();

  public static final Table ORDER_LINES =
      Table.core("order_lines", Kind.ENTITIES)
          .grain("line of an order")
          .column("order_id", StringType, "Order; joins to core.orders.")
          .column("line_id", StringType, "Line within the order.")
          .column("product_id", StringType, "Product; joins to core.products.")
          .required("quantity", LongType, "Units ordered.")
          .column("unit_price", Money.AMOUNT, "Price of one piece, in the base currency.")
          .required("line_amount", Money.AMOUNT, "Amount of the line, in the base currency.")
          .column("cost_amount", Money.AMOUNT, "What the line cost the company.")
          .key("order_id", "line_id")
          .check("quantity_positive", "quantity > 0")
          .build();

  public static final Table ORDER_RETURNS =
      Table.core("order_returns", Kind.EVENTS)
          .grain("returned line")
          .column("return_id", StringType, "The source's id of the return.")
          .column("order_id", StringType, "Order the goods came from, if known.")
          .pseudonym("customer_id", StringType, "Customer; NULL if unknown or erased.")
          .column("product_id", StringType, "Product; joins to core.products.")
          .required("quantity", LongType, "Units returned.")
          .required(
              "amount", Money.AMOUNT, "Amount given back, in the base currency; not negative.")
          .required("returned_at", TimestampType, "When, UTC.")
          .required("returned_on", DateType, "Calendar day of returned_at.")
          .key("return_id")
          .subject("customer_id")
          .eventDate("returned_on", "returned_at")
          .check("amount_not_negative", "amount >= 0")
          .check("quantity_positive", "quantity > 0")
          .build();

  public static final List<Table> ALL = List.of(PRODUCTS, ORDERS, ORDER_LINES, ORDER_RETURNS);
}
