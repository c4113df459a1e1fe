package crm.learning.recommending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import crm.learning.itemsets.Catalogue;
import crm.testing.Sessions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class MllibFactorsTest {
  private static final RecommendationSettings.Als ALS =
      new RecommendationSettings.Als(8, 3, 0.1, 4, 1);

  /** The fit does not depend on the order of rows, and the customers' side follows as MLlib's. */
  @Test
  void tastesAreThoseOfMllibInWhateverOrderRowsCome() {
    Dataset<Row> bought =
        Sessions.small()
            .range(0, 600)
            .selectExpr(
                "'shop' as source",
                "concat('c', id % 60) as customer_id",
                "cast(pmod(hash(id), 10) + 10 * (id % 2) as int) as code",
                "date'2026-01-01' as ordered_on",
                "1L as orders");
    ProductFactors factors = factors(bought.orderBy("code").coalesce(1));
    assertThat(scored(factors))
        .isEqualTo(scored(factors(bought.orderBy(functions.rand(3)).repartition(7))));
    Histories histories = histories(bought);
    Row customer = histories.rows().where("customer_id = 'c7'").first();
    double[] ours = factors.customer(History.unpack(customer.getAs(2), customer.getAs(3)));
    int number =
        histories
            .rows()
            .where("customer_id = 'c7'")
            .select(ProductFactors.customerNumber())
            .first()
            .getInt(0);
    List<Float> theirs =
        ProductFactors.fitted(histories, ALS)
            .userFactors()
            .where("id = " + number)
            .first()
            .getList(1);
    for (int i = 0; i < ours.length; i++) {
      assertThat(ours[i]).isCloseTo(theirs.get(i), within(1e-4));
    }
  }

  private static Histories histories(Dataset<Row> bought) {
    Catalogue products =
        new Catalogue(
            IntStream.range(0, 20)
                .mapToObj(i -> new Catalogue.Item("shop", "P%02d".formatted(i), "", null))
                .toList());
    return Histories.of(new Purchases(products, bought, Dataset::localCheckpoint));
  }

  private static ProductFactors factors(Dataset<Row> bought) {
    return ProductFactors.of(histories(bought), ALS);
  }

  private static String scored(ProductFactors factors) {
    return Arrays.toString(factors.customer(new History(new int[] {1, 3}, new int[] {1, 2})));
  }
}
