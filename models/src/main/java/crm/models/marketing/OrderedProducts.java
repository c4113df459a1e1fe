package crm.models.marketing;

import static org.apache.spark.sql.functions.col;

import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.Catalogue.Item;
import crm.warehouse.Table;
import crm.warehouse.job.CollectsAggregates;
import crm.warehouse.job.Inputs;
import crm.warehouse.tables.sales.SalesTables;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Reads which products were ever ordered. */
@CollectsAggregates("the products")
public final class OrderedProducts {
  private OrderedProducts() {}

  /** Reads the products of all order lines, with their names and categories where they have any. */
  public static Catalogue catalogue(Inputs in) {
    Dataset<Row> known =
        in.get(SalesTables.PRODUCTS).select(Table.SOURCE, "product_id", "name", "category");
    return new Catalogue(
        in
            .get(SalesTables.ORDER_LINES)
            .where(col("product_id").isNotNull())
            .select(Table.SOURCE, "product_id")
            .distinct()
            .join(known, new String[] {Table.SOURCE, "product_id"}, "left")
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Item(
                        row.getString(0),
                        row.getString(1),
                        Objects.requireNonNullElse(row.getString(2), row.getString(1)),
                        row.getString(3)))
            .toList());
  }
}
