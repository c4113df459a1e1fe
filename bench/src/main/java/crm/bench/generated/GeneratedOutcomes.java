package crm.bench.generated;

import crm.learning.scoring.PartCounts.Part;
import crm.learning.scoring.ScoringFrame;
import crm.learning.scoring.features.ScoringFeature;
import crm.simulation.delivery.Simulation;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.hipparchus.random.RandomDataGenerator;

/**
 * Customers on a day, by thirty features, and whether they then stayed away for a quarter. Those
 * who had left before the day have; who had not does by chance, the likelier the rarer he buys. Of
 * the features a third tells of that, some only together; a third is the same told otherwise; the
 * rest is noise. Some are missing.
 */
final class GeneratedOutcomes {
  /** The rows, as {@link ScoringFrame} takes them. */
  static final String ROWS = "outcomes";

  static final String KEY = "customer_id";
  private static final int PER_TASK = 100_000;
  private static final int HORIZON_DAYS = 90;
  private static final int NOISE = 10;

  private static final List<String> TELLING =
      List.of(
          "recency_days",
          "tenure_days",
          "purchases",
          "purchases_90d",
          "spend",
          "spend_90d",
          "returned_share",
          "complaints",
          "discount_share",
          "days_since_contact",
          "mean_gap_days",
          "overdue",
          "spend_per_purchase",
          "purchases_per_year",
          "purchases_before_90d",
          "trend",
          "visits_30d",
          "visits_90d",
          "mails_opened",
          "categories");

  static final List<ScoringFeature> FEATURES =
      Stream.concat(
              TELLING.stream(), IntStream.range(0, NOISE).mapToObj(number -> "noise_" + number))
          .map(ScoringFeature::numeric)
          .toList();

  private final GeneratedFiles files;

  GeneratedOutcomes(GeneratedFiles files) {
    this.files = files;
  }

  void customers(long customers) throws IOException {
    files.write(files.made(customers, PER_TASK, schema(), GeneratedOutcomes::rows), ROWS);
    files.done();
  }

  private static StructType schema() {
    StructType schema =
        new StructType()
            .add(KEY, DataTypes.StringType)
            .add(ScoringFrame.PART, DataTypes.StringType)
            .add(ScoringFrame.OUTCOME, DataTypes.IntegerType)
            .add(ScoringFrame.BASELINE, DataTypes.IntegerType);
    for (ScoringFeature feature : FEATURES) {
      schema = schema.add(feature.name(), DataTypes.DoubleType);
    }
    return schema;
  }

  private static Iterator<Row> rows(long number) {
    RandomDataGenerator random = Simulation.draws(GeneratedFiles.SEED, number);
    return List.of(row(number, random, 0.003 + random.nextGamma(1.2, 1 / 60.0))).iterator();
  }

  /**
   * @param rate purchases per day
   */
  private static Row row(long number, RandomDataGenerator random, double rate) {
    double tenure = 60 + random.nextInt(1200);
    double complaints = count(random, 0.3);
    double discounts = random.nextDouble();
    double leaving = 0.0006 * Math.exp(0.8 * complaints + (tenure < 400 ? 1.5 * discounts : 0));
    double lived = Math.min(tenure, -Math.log(1 - random.nextDouble()) / leaving);
    boolean hasLeft = lived < tenure;
    double gone = tenure - lived;
    double recency = Math.min(tenure, gone - Math.log(1 - random.nextDouble()) / rate);
    double purchases = 1 + count(random, rate * Math.max(0, tenure - recency));
    double lately = count(random, rate * Math.max(0, 90 - recency));
    double before = count(random, rate * Math.max(0, 90 - Math.max(0, recency - 90)));
    double price = Math.exp(3.5 + 0.6 * random.nextGaussian());
    double visits = count(random, 4 * rate * Math.max(0, 90 - gone));
    boolean staysAway = hasLeft || random.nextDouble() < Math.exp(-rate * HORIZON_DAYS);
    double gap = purchases > 1 ? (tenure - recency) / (purchases - 1) : Double.NaN;
    double[] informative = {
      recency,
      tenure,
      purchases,
      lately,
      purchases * price,
      lately * price,
      Math.max(0, random.nextGaussian() * 0.1 + 0.05 * complaints),
      complaints,
      discounts,
      random.nextInt(5) < 2 ? Double.NaN : gone + 120 * random.nextDouble(),
      gap,
      recency / gap,
      price,
      365 * purchases / tenure,
      before,
      lately - before,
      Math.floor(visits * random.nextDouble()),
      visits,
      count(random, 2 + rate * 60),
      1 + Math.floor(Math.sqrt(purchases) * random.nextDouble())
    };
    Object[] cells = new Object[4 + FEATURES.size()];
    cells[0] = "C" + number;
    cells[1] = part(random.nextInt(5)).name();
    cells[2] = staysAway ? 1 : 0;
    cells[3] = (int) Math.min(6, recency / 30);
    for (int feature = 0; feature < FEATURES.size(); feature++) {
      double value = feature < informative.length ? informative[feature] : random.nextGaussian();
      cells[4 + feature] = Double.isNaN(value) ? null : value;
    }
    return RowFactory.create(cells);
  }

  /** Three fifths are trained on. */
  private static Part part(int fifth) {
    return switch (fifth) {
      case 0 -> Part.TEST;
      case 1 -> Part.CALIBRATION;
      default -> Part.TRAINING;
    };
  }

  private static double count(RandomDataGenerator random, double mean) {
    return mean <= 0 ? 0 : random.nextPoisson(mean);
  }
}
