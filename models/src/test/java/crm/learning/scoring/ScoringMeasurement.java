package crm.learning.scoring;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import crm.learning.scoring.features.ScoringFeature;
import crm.testing.Sessions;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/**
 * The area under the curve of five-fold cross-validation, and how often scores of nothing are
 * published. Not a test; run it with {@code mvn test -Dtest=ScoringMeasurement
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ScoringMeasurement {
  private static final int FOLDS = 5;
  private static final int COMPANIES = 40;
  private static final int CUSTOMERS = 3000;
  private static final int FEATURES = 10;

  /** Each fold in turn is predicted from the other four. */
  @Test
  void crossValidated() {
    BankMarketingTest.fit();
    double linear = 0;
    double trees = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      Column isIn = pmod(xxhash64(col("call")), lit(FOLDS)).equalTo(fold);
      Dataset<Row> calls =
          BankMarketingTest.calls.withColumn(
              "part", when(isIn, "CALIBRATION").otherwise("TRAINING"));
      Dataset<Row> parts =
          calls
              .unionByName(
                  calls.where(col("part").equalTo("CALIBRATION")).withColumn("part", lit("TEST")))
              .localCheckpoint();
      ScoringModel model =
          BankMarketingTest.frame(BankMarketingTest.KNOWN).fit(parts, PartCounts.of(parts));
      linear += model.areas().get("logistic-regression") / FOLDS;
      trees += model.areas().get("gradient-boosted-trees") / FOLDS;
      System.out.printf("fold %d: %s%n", fold, model.areas());
    }
    System.out.printf("MEASURED five-fold: logistic %.4f, trees %.4f%n", linear, trees);
  }

  /** Labels that have nothing to do with the features, in forty companies. */
  @Test
  void shuffledLabels() {
    int published = 0;
    for (int company = 0; company < COMPANIES; company++) {
      Dataset<Row> rows = unrelated(company).localCheckpoint();
      ScoringModel model =
          new ScoringFrame(
                  List.of("customer"),
                  IntStream.range(0, FEATURES)
                      .mapToObj(f -> ScoringFeature.numeric("f" + f))
                      .toList(),
                  new ScoringSettings("test", 10, 3, 0.2, 0.001, 100, 1_000_000, 1))
              .fit(rows, PartCounts.of(rows));
      published += model.refusal().isEmpty() ? 1 : 0;
      System.out.printf(
          "company %d: %s, lower bound %.5f%n", company, model.method(), model.quality().gainLow());
    }
    System.out.printf("MEASURED shuffled labels: %d of %d published%n", published, COMPANIES);
  }

  private static Dataset<Row> unrelated(int seed) {
    Dataset<Row> rows =
        Sessions.small()
            .range(0, CUSTOMERS, 1, 2)
            .selectExpr(
                "id AS customer",
                "element_at(array('TRAINING', 'CALIBRATION', 'TEST'), cast(id % 3 AS INT) + 1)"
                    + " AS part",
                "cast(pmod(xxhash64(id, %d, 'label'), 10) < 4 AS INT) AS outcome".formatted(seed),
                "cast(pmod(xxhash64(id, %d, 'rule'), 5) AS INT) AS baseline".formatted(seed));
    for (int f = 0; f < FEATURES; f++) {
      rows =
          rows.withColumn(
              "f" + f,
              pmod(xxhash64(col("customer"), lit(seed), lit(f)), lit(1000)).cast("double"));
    }
    return rows;
  }
}
