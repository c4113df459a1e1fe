package crm.testing;

import crm.learning.itemsets.PackedBasket;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Baskets of item codes as rows that can be counted over. */
public final class BasketRows {
  private BasketRows() {}

  public static Dataset<Row> of(List<int[]> baskets) {
    return Sessions.small()
        .createDataFrame(
            baskets.stream()
                .map(basket -> RowFactory.create((Object) PackedBasket.pack(basket)))
                .toList(),
            new StructType().add(PackedBasket.COLUMN, DataTypes.BinaryType))
        .repartition(3);
  }
}
