package crm.learning.recommending;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import crm.learning.itemsets.Catalogue;
import crm.warehouse.Table;
import crm.warehouse.job.CollectsAggregates;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;

/**
 * Matrix factorisation for what is bought or not (Hu, Koren and Volinsky 2008), fitted by MLlib. Of
 * its two sides only the products' is kept: the customer's follows from it and from what the
 * customer bought, by their equation 4, which is the last step of the fit.
 *
 * <p>What comes to the driver is a few numbers per product.
 */
@CollectsAggregates("a few numbers per product")
final class ProductFactors implements Recommender {
  private final double[][] factors;
  private final double[][] gram;
  private final RecommendationSettings.Als settings;

  /**
   * @param factors per product; empty where nobody bought it
   */
  ProductFactors(double[][] factors, RecommendationSettings.Als settings) {
    this.factors = factors;
    this.settings = settings;
    gram = new double[settings.rank()][settings.rank()];
    for (double[] product : factors) {
      add(gram, product, 1);
    }
  }

  /** One layout, so that one seed gives one result. */
  private static final int BLOCKS = 8;

  static ProductFactors of(Histories histories, RecommendationSettings.Als settings) {
    double[][] factors = new double[histories.products().items().size()][0];
    for (Row product : fitted(histories, settings).itemFactors().collectAsList()) {
      factors[product.getInt(0)] =
          product.<Float>getList(1).stream().mapToDouble(Float::doubleValue).toArray();
    }
    return new ProductFactors(factors, settings);
  }

  static ALSModel fitted(Histories histories, RecommendationSettings.Als settings) {
    Dataset<Row> ratings =
        histories
            .bought()
            .select(
                customerNumber().as("customer"),
                col(Catalogue.CODE),
                col("orders").cast("float").as("orders"))
            .repartition(BLOCKS, col("customer"))
            .sortWithinPartitions("customer", Catalogue.CODE, "orders");
    keepCheckpoints(ratings.sparkSession().sparkContext());
    return new ALS()
        .setImplicitPrefs(true)
        .setRank(settings.rank())
        .setMaxIter(settings.iterations())
        .setRegParam(settings.regularization())
        .setAlpha(settings.confidence())
        .setSeed(settings.seed())
        .setNumBlocks(BLOCKS)
        .setUserCol("customer")
        .setItemCol(Catalogue.CODE)
        .setRatingCol("orders")
        .setColdStartStrategy("drop")
        .setCheckpointInterval(3)
        .fit(histories.cached(ratings));
  }

  /**
   * A whole number for a customer, which MLlib wants. Two in a million may share one: they are
   * fitted as one customer, which hardly shows, since the factors of each are recomputed.
   */
  static Column customerNumber() {
    return pmod(xxhash64(col(Table.SOURCE), col("customer_id")), lit((long) Integer.MAX_VALUE))
        .cast("int");
  }

  /**
   * Says where checkpoints are kept, where nobody did and there is one machine: a chain of many
   * steps overflows the stack of its tasks. On a cluster spark.checkpoint.dir says it.
   */
  private static void keepCheckpoints(SparkContext spark) {
    if (spark.isLocal() && spark.getCheckpointDir().isEmpty()) {
      Path folder =
          new Path(System.getProperty("java.io.tmpdir"), "crm-als-" + spark.applicationId());
      spark.setCheckpointDir(folder.toString());
      try {
        folder.getFileSystem(spark.hadoopConfiguration()).deleteOnExit(folder);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public Method method() {
    return Method.ALS;
  }

  @Override
  public void score(History history, Scores scores) {
    double[] customer = customer(history);
    for (int product = scores.first(); product < scores.end(); product++) {
      if (factors[product].length > 0) {
        scores.add(product, product(customer, factors[product]));
      }
    }
  }

  /** The one whose orders have the greatest part in the score (their section 5). */
  @Override
  public int because(History history, int product) {
    double[] towards =
        solver(history).solve(new ArrayRealVector(factors[product], false)).toArray();
    int because = -1;
    double max = Double.NEGATIVE_INFINITY;
    for (int place = 0; place < history.size(); place++) {
      int own = history.products()[place];
      if (factors[own].length > 0) {
        double part = confidence(history, place) * product(towards, factors[own]);
        if (part > max) {
          max = part;
          because = own;
        }
      }
    }
    return because;
  }

  /** The customer's factors: (YtY + Yt (C - I) Y + n lambda I)^-1 Yt C p. */
  double[] customer(History history) {
    double[] right = new double[settings.rank()];
    for (int place = 0; place < history.size(); place++) {
      double[] product = factors[history.products()[place]];
      for (int i = 0; i < product.length; i++) {
        right[i] += confidence(history, place) * product[i];
      }
    }
    return solver(history).solve(new ArrayRealVector(right, false)).toArray();
  }

  private DecompositionSolver solver(History history) {
    double[][] left = new double[settings.rank()][];
    for (int i = 0; i < left.length; i++) {
      left[i] = gram[i].clone();
      left[i][i] += settings.regularization() * history.size();
    }
    for (int place = 0; place < history.size(); place++) {
      add(left, factors[history.products()[place]], confidence(history, place) - 1);
    }
    return new CholeskyDecomposition(new Array2DRowRealMatrix(left, false)).getSolver();
  }

  private double confidence(History history, int place) {
    return 1 + settings.confidence() * history.orders()[place];
  }

  private static void add(double[][] matrix, double[] product, double times) {
    for (int i = 0; i < product.length; i++) {
      for (int j = 0; j < product.length; j++) {
        matrix[i][j] += times * product[i] * product[j];
      }
    }
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
