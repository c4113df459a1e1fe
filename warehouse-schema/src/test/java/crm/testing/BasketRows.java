package crm.testing;

import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Baskets of item codes as rows that can be counted over. */
public final class BasketRows {
  private BasketRows() {}

  /** A row is a basket: what {@code pack} makes of its codes, in that column. */
  public static Dataset<Row> packed(
      List<int[]> baskets, String column, Function<int[], byte[]> pack) {
    return Sessions.small()
        .createDataFrame(
            baskets.stream().map(basket -> RowFactory.create((Object) pack.apply(basket))).toList(),
            new StructType().add(column, DataTypes.BinaryType))
        .repartition(3);
  }
}
