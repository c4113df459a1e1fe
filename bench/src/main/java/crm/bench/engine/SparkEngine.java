package crm.bench.engine;

import crm.app.cli.Crm;
import crm.engine.run.Spark;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** This product, by its command line. */
public final class SparkEngine implements Engine {
  private final SparkSession spark = Spark.session();

  @Override
  public void run(Step step, Path home, LocalDate from, LocalDate date) {
    List<String> arguments = new ArrayList<>(List.of("run", "--home", home.toString()));
    switch (step) {
      case INGEST -> {
        arguments.addAll(Step.LOADS);
        arguments.addAll(List.of("--from", from.toString(), "--to", date.toString()));
      }
      case RFM ->
          arguments.addAll(
              List.of("customer_purchases", "customer_rfm", "--date", date.toString()));
      case DAY -> {
        arguments.addAll(Step.LOADS);
        arguments.addAll(List.of("customer_purchases", "customer_rfm", "--date", date.toString()));
      }
    }
    if (Crm.execute(arguments.toArray(String[]::new)) != 0) {
      throw new IllegalStateException("The run failed; the lines above say why.");
    }
  }

  @Override
  public String check(Step step, Path home, LocalDate date) {
    if (step == Step.INGEST) {
      return sums(home, "core/order_lines", "true", "count(*), sum(quantity), sum(line_amount)")
          + "; "
          + sums(home, "core/orders", "true", "count(*), count(distinct order_id)")
          + "; "
          + sums(home, "core/order_returns", "true", "count(*), sum(amount)");
    }
    return sums(
        home,
        "curated/customer_rfm",
        "logical_date = date'" + date + "'",
        "count(*), sum(recency_days), sum(frequency_orders), sum(monetary), sum(recency_score),"
            + " sum(frequency_score), sum(monetary_score)");
  }

  private String sums(Path home, String table, String where, String columns) {
    Row row =
        spark
            .sql(
                "select %s from delta.`%s/warehouse/%s` where %s"
                    .formatted(columns, home, table, where))
            .first();
    return IntStream.range(0, row.length())
        .mapToObj(i -> String.valueOf(row.get(i)))
        .collect(Collectors.joining(" "));
  }

  @Override
  public void close() {
    spark.stop();
  }
}
