package crm.models.marketing.recommendations;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.marketing.MarketingTables.CUSTOMER_RECOMMENDATIONS;
import static crm.warehouse.tables.sales.SalesTables.ORDERS;
import static crm.warehouse.tables.sales.SalesTables.ORDER_LINES;
import static crm.warehouse.tables.sales.SalesTables.PRODUCTS;
import static org.apache.spark.sql.functions.col;

import crm.learning.itemsets.Catalogue;
import crm.learning.itemsets.PackedBasket;
import crm.learning.recommending.Histories;
import crm.learning.recommending.History;
import crm.learning.recommending.Popularity;
import crm.learning.recommending.Purchases;
import crm.learning.recommending.RecommendationSettings;
import crm.learning.recommending.Recommender;
import crm.learning.recommending.Shortlists;
import crm.learning.recommending.Shortlists.Recommended;
import crm.warehouse.Table;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelJob;
import crm.warehouse.job.Outputs;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Recommends products to every customer, each with its reason. Several methods have to predict the
 * last days from those before; the best is fitted to all days. Who has bought nothing is
 * recommended what is popular, and so is everybody where nothing is better.
 */
public record CustomerRecommendations(RecommendationSettings settings) implements ModelJob {
  @Override
  public String name() {
    return "customer_recommendations";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, ORDERS, ORDER_LINES, PRODUCTS);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_RECOMMENDATIONS);
  }

  @Override
  public FittedModel model(Inputs in, LocalDate logicalDate) {
    Purchases purchases = PurchasesInWindow.read(in, settings, logicalDate);
    int holdoutDays = holdoutDays(purchases, logicalDate);
    Comparison comparison = Comparison.of(purchases, logicalDate.minusDays(holdoutDays), settings);
    Histories histories = Histories.of(purchases);
    Recommender recommender = comparison.best().fitted(histories, settings);
    Dataset<Row> customers =
        in.get(CUSTOMERS)
            .select(Table.SOURCE, "customer_id")
            .join(histories.rows(), new String[] {Table.SOURCE, "customer_id"}, "left")
            .select(
                col(Table.SOURCE),
                col("customer_id"),
                col(PackedBasket.COLUMN),
                col(Histories.ORDERS));
    return new RecommendationQuality(holdoutDays, settings)
        .fittedModel(
            RecommendationModel.of(comparison, histories, settings), comparison, logicalDate)
        .rows(
            run ->
                Outputs.of(
                    CUSTOMER_RECOMMENDATIONS,
                    recommended(customers, recommender, histories, run.id())));
  }

  /** As set, but at most half of the days there are, so that as many are left to learn from. */
  private int holdoutDays(Purchases purchases, LocalDate logicalDate) {
    long days =
        purchases
            .firstDay()
            .map(first -> ChronoUnit.DAYS.between(first, logicalDate) + 1)
            .orElse(0L);
    return (int) Math.min(settings.holdoutDays(), days / 2);
  }

  private Dataset<Row> recommended(
      Dataset<Row> customers, Recommender recommender, Histories histories, String modelRunId) {
    return customers.flatMap(
        new ListOfCustomer(
            histories.shared(recommender),
            histories.shared(histories.popularity()),
            histories.shared(histories.products()),
            settings.perCustomer(),
            settings.repeats(),
            modelRunId),
        Encoders.row(CUSTOMER_RECOMMENDATIONS.declaredSchema()));
  }

  /** The rows of one customer after the other; each task has its own. */
  private static final class ListOfCustomer implements FlatMapFunction<Row, Row> {
    private final Broadcast<Recommender> recommender;
    private final Broadcast<Popularity> popularity;
    private final Broadcast<Catalogue> products;
    private final int max;
    private final boolean repeats;
    private final String modelRunId;
    private transient Shortlists shortlists;

    ListOfCustomer(
        Broadcast<Recommender> recommender,
        Broadcast<Popularity> popularity,
        Broadcast<Catalogue> products,
        int max,
        boolean repeats,
        String modelRunId) {
      this.recommender = recommender;
      this.popularity = popularity;
      this.products = products;
      this.max = max;
      this.repeats = repeats;
      this.modelRunId = modelRunId;
    }

    @Override
    public Iterator<Row> call(Row customer) {
      if (shortlists == null) {
        shortlists = new Shortlists(recommender.value(), popularity.value(), max, repeats);
      }
      String source = customer.getString(0);
      History history =
          customer.isNullAt(2)
              ? History.NONE
              : History.unpack(customer.getAs(2), customer.getAs(3));
      List<Row> rows = new ArrayList<>();
      for (Recommended recommended : shortlists.recommend(source, history)) {
        Catalogue.Item product = item(recommended.product());
        Optional<Catalogue.Item> because =
            recommended.because().stream().mapToObj(this::item).findFirst();
        rows.add(
            RowFactory.create(
                source,
                customer.getString(1),
                rows.size() + 1,
                product.id(),
                product.name(),
                recommended.method().label(),
                recommended.score(),
                recommended.reason(),
                because.map(Catalogue.Item::id).orElse(null),
                because.map(Catalogue.Item::name).orElse(null),
                modelRunId));
      }
      return rows.iterator();
    }

    private Catalogue.Item item(int code) {
      return products.value().items().get(code);
    }
  }
}
