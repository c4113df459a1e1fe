package crm.learning.itemsets;

import static org.apache.spark.sql.functions.broadcast;

import crm.warehouse.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Every item there is, on the driver.
 *
 * @param items in the order of source and id; the place of one is its code
 */
public record Catalogue(List<Item> items) implements Serializable {
  /** Column of the item's code. */
  public static final String CODE = "code";

  private static final String[] PRODUCT = {Table.SOURCE, "product_id"};

  /**
   * A product, or a category of products.
   *
   * @param name as people know it; the id where there is none
   * @param category null if there is none
   */
  public record Item(String source, String id, String name, String category)
      implements Serializable {}

  public Catalogue {
    items =
        items.stream().sorted(Comparator.comparing(Item::source).thenComparing(Item::id)).toList();
  }

  /** Keeps the rows whose product is in the catalogue, and adds its code. */
  public Dataset<Row> coded(Dataset<Row> rows) {
    List<Row> codes = new ArrayList<>();
    for (Item item : items) {
      codes.add(RowFactory.create(item.source(), item.id(), codes.size()));
    }
    Dataset<Row> table =
        rows.sparkSession()
            .createDataFrame(
                codes,
                new StructType()
                    .add(PRODUCT[0], DataTypes.StringType)
                    .add(PRODUCT[1], DataTypes.StringType)
                    .add(CODE, DataTypes.IntegerType));
    return rows.join(broadcast(table), PRODUCT, "inner");
  }
}
