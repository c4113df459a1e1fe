package crm.simulation.sales;

import static crm.simulation.delivery.Corruption.cutAt;

import crm.simulation.delivery.Corruption;
import crm.simulation.delivery.DeliveredFile;
import java.util.List;

/** The files of the shop and of the product master. */
public final class SalesFiles {
  public static final DeliveredFile SALES =
      new DeliveredFile(
          "sales",
          "landing/shop/sales_%s.csv",
          ",",
          "order_id,line,customer,ordered_at,channel,sku,quantity,unit_price,currency,status",
          List.of(
              // Rejected for the order line; for the order a duplicate.
              new Corruption("quantity_in_words", "quantity", number -> "two"),
              new Corruption("foreign_currency", "currency", own -> "USD"),
              // Rejected for both.
              new Corruption("no_order_id", "order_id", id -> ""),
              cutAt("too_short", ",")));

  public static final DeliveredFile RETURNS =
      new DeliveredFile(
          "returns",
          "landing/shop/returns_%s.tsv",
          "\t",
          "return_id\torder_id\tcustomer\tsku\tquantity\tamount\treturned_at",
          List.of(new Corruption("negative_amount", "amount", amount -> "-1")));

  public static final DeliveredFile PRODUCTS =
      new DeliveredFile(
          "products",
          "landing/erp/products_%s.csv",
          ",",
          "sku,name,category,list_price",
          List.of());

  private SalesFiles() {}
}
