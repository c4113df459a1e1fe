package crm.models.customer.lifetime;

import static org.apache.spark.sql.functions.col;

import crm.learning.purchasing.PurchaseModel;
import crm.warehouse.Money;
import crm.warehouse.job.Artefact;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Scores customers with a saved model. Customers of equal repeat purchases and age share a
 * forecast, of which a task makes few; the rest is arithmetic per customer.
 *
 * @param artefact the model, as it is saved
 * @param horizonMonths months that are predicted
 * @param discountRate yearly
 * @param margin share of a purchase's value that is earned
 * @param modelRunId of the model
 */
record Predictions(
    String artefact, int horizonMonths, double discountRate, double margin, String modelRunId)
    implements MapPartitionsFunction<Row, Row> {
  private static final List<String> READ =
      List.of("purchases", "recency_days", "age_days", "repeat_spend");

  private static final StructType ADDED =
      StructType.fromDDL(
              "p_alive DOUBLE, p_no_purchase_in_horizon DOUBLE, "
                  + "predicted_purchases DOUBLE, purchases_low BIGINT, purchases_high BIGINT")
          .add("expected_spend", Money.TOTAL)
          .add("predicted_clv", Money.TOTAL)
          .add("average_days_between_orders", DataTypes.DoubleType)
          .add("horizon_months", DataTypes.IntegerType)
          .add("method", DataTypes.StringType)
          .add("spend_method", DataTypes.StringType)
          .add("model_run_id", DataTypes.StringType);

  /**
   * Adds predictions, which are NULL for customers without a purchase day. A row is a customer.
   *
   * @param customers with the columns of {@link PurchaseHistories}, which are not passed on
   */
  Dataset<Row> predict(Dataset<Row> customers) {
    StructType schema = new StructType();
    List<Column> columns = new ArrayList<>();
    READ.forEach(name -> columns.add(col(name)));
    for (StructField field : customers.schema().fields()) {
      if (!PurchaseHistories.COLUMNS.contains(field.name())) {
        columns.add(col(field.name()));
        schema = schema.add(field);
      }
    }
    for (StructField field : ADDED.fields()) {
      schema = schema.add(field);
    }
    return customers
        .select(columns.toArray(Column[]::new))
        .mapPartitions(this, Encoders.row(schema));
  }

  @Override
  public Iterator<Row> call(Iterator<Row> customers) {
    LifetimeModel model = Artefact.read(artefact, LifetimeModel.class);
    Horizon horizon = Horizon.ofMonths(horizonMonths, discountRate);
    Optional<Forecast.Book> forecasts =
        model.purchases().map(purchases -> new Forecast.Book(purchases, horizon));
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return customers.hasNext();
      }

      @Override
      public Row next() {
        return scored(customers.next(), model, forecasts);
      }
    };
  }

  private Row scored(Row customer, LifetimeModel model, Optional<Forecast.Book> forecasts) {
    int passed = customer.size() - READ.size();
    Object[] values = new Object[passed + ADDED.size()];
    for (int i = 0; i < passed; i++) {
      values[i] = customer.get(READ.size() + i);
    }
    if (!customer.isNullAt(0)) {
      fill(values, passed, customer, model, forecasts);
    }
    return RowFactory.create(values);
  }

  private void fill(
      Object[] values,
      int at,
      Row customer,
      LifetimeModel model,
      Optional<Forecast.Book> forecasts) {
    double purchases = (double) customer.getLong(0);
    double recency = (double) customer.getLong(1);
    double age = (double) customer.getLong(2);
    double repeatSpend = Money.ofUnits(customer.getLong(3));
    OptionalDouble spend = model.spend().expected(purchases, repeatSpend);
    if (forecasts.isPresent()) {
      PurchaseModel purchaseModel = forecasts.get().model();
      Forecast forecast = forecasts.get().of(purchases, age);
      double alive = purchaseModel.aliveProbability(purchases, recency, age);
      values[at] = purchaseModel.method().saysAlive(purchases) ? alive : null;
      values[at + 1] = 1 - alive * forecast.moreThan(0);
      values[at + 2] = alive * forecast.expected();
      values[at + 3] = forecast.quantile(Forecast.LOW, alive);
      values[at + 4] = forecast.quantile(Forecast.HIGH, alive);
      if (spend.isPresent()) {
        values[at + 6] = total(margin * spend.getAsDouble() * alive * forecast.discounted());
      }
    }
    values[at + 5] = spend.isPresent() ? total(spend.getAsDouble()) : null;
    values[at + 7] = purchases > 0 ? recency / purchases : null;
    values[at + 8] = horizonMonths;
    values[at + 9] = model.methodFor(purchases);
    values[at + 10] = model.spend().methodFor(purchases, repeatSpend);
    values[at + 11] = modelRunId;
  }

  private static BigDecimal total(double amount) {
    return BigDecimal.valueOf(amount).setScale(2, RoundingMode.HALF_UP);
  }
}
