package crm.bench.engine;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * DuckDB on the same files, two threads, tables as Zstandard Parquet. It keeps what our core tables
 * keep, a row per key and day of delivery, and recomputes a day's scores from all of it.
 */
public final class DuckDbEngine implements Engine {
  private final Connection connection;

  public DuckDbEngine() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET threads = 2", Path.of("."));
  }

  @Override
  public void run(Step step, Path home, LocalDate from, LocalDate date) throws SQLException {
    switch (step) {
      case INGEST -> ingest(home, "history", "'" + from + "'", "'" + date + "'");
      case RFM -> rfm(home, date);
      case DAY -> {
        ingest(home, "day", "'" + date + "'", "'" + date + "'");
        rfm(home, date);
      }
    }
  }

  /** Files of the days become typed Parquet; the name of a file holds its day. */
  private void ingest(Path home, String part, String from, String to) throws SQLException {
    String ofDays = "logical_date between date %s and date %s".formatted(from, to);
    boolean isDay = from.equals(to);
    String files = isDay ? from.replace("'", "") : "*";
    execute(
        "create or replace macro day(name) as cast(regexp_extract(name, '\\d{4}-\\d{2}-\\d{2}') as date)",
        home);
    execute(
        """
        create or replace temp table sales as
        select *, day(filename) logical_date
        from read_csv('HOME/landing/shop/sales_%s.csv', header = true, filename = true, columns = {
          'order_id': 'VARCHAR', 'line': 'VARCHAR', 'customer': 'VARCHAR',
          'ordered_at': 'TIMESTAMP', 'channel': 'VARCHAR', 'sku': 'VARCHAR', 'quantity': 'BIGINT',
          'unit_price': 'DECIMAL(18,4)', 'currency': 'VARCHAR', 'status': 'VARCHAR'})
        where %s and currency = 'EUR' and quantity > 0 and order_id is not null
        """
            .formatted(files, ofDays),
        home);
    write(
        home,
        "order_lines",
        part,
        "select distinct order_id, line, sku, quantity, unit_price,"
            + " cast(quantity * unit_price as decimal(18,4)) line_amount, logical_date from sales");
    write(
        home,
        "orders",
        part,
        "select distinct order_id, customer, ordered_at, cast(ordered_at as date) ordered_on,"
            + " channel, status, logical_date from sales");
    // A return that is delivered again stands on its first day.
    String known =
        isDay
            ? "where return_id not in (select return_id from 'HOME/duckdb/order_returns/*.parquet')"
            : "";
    write(
        home,
        "order_returns",
        part,
        """
        select return_id, first(customer order by logical_date) customer,
          first(amount order by logical_date) amount, min(logical_date) logical_date
        from (select *, day(filename) logical_date
          from read_csv('HOME/landing/shop/returns_%s.tsv', header = true, delim = '\\t',
            filename = true, columns = {
              'return_id': 'VARCHAR', 'order_id': 'VARCHAR', 'customer': 'VARCHAR',
              'sku': 'VARCHAR', 'quantity': 'BIGINT', 'amount': 'DECIMAL(18,4)',
              'returned_at': 'TIMESTAMP'})
          where %s and amount >= 0)
        %s group by return_id
        """
            .formatted(files, ofDays, known));
    write(
        home,
        "customers",
        part,
        """
        select distinct id, op, name, city, country, registered_at, changed_at,
          day(filename) logical_date
        from read_json('HOME/landing/profiles/customers_%s.jsonl', format = 'newline_delimited',
          filename = true, columns = {
            'op': 'VARCHAR', 'id': 'VARCHAR', 'name': 'VARCHAR', 'city': 'VARCHAR',
            'country': 'VARCHAR', 'registered_at': 'TIMESTAMP', 'changed_at': 'TIMESTAMP'})
        where %s
        """
            .formatted(files, ofDays));
  }

  private void write(Path home, String table, String part, String query) throws SQLException {
    home.resolve("duckdb").resolve(table).toFile().mkdirs();
    execute(
        "copy (%s) to 'HOME/duckdb/%s/%s.parquet' (format parquet, compression zstd)"
            .formatted(query, table, part),
        home);
  }

  private void rfm(Path home, LocalDate date) throws SQLException {
    execute(
        """
        copy (
          with lines as (
            select order_id, max_by(line_amount, logical_date) amount
            from 'HOME/duckdb/order_lines/*.parquet' group by order_id, line),
          amounts as (select order_id, sum(amount) gross from lines group by order_id),
          orders as (
            select order_id, max_by(customer, logical_date) customer,
              max_by(status, logical_date) status, max_by(ordered_on, logical_date) ordered_on
            from 'HOME/duckdb/orders/*.parquet' group by order_id),
          bought as (
            select customer, count(*) orders, max(ordered_on) last_order_on, sum(gross) gross
            from orders join amounts using (order_id)
            where status = 'placed' and customer is not null and gross > 0
            group by customer),
          returned as (
            select customer, sum(amount) returned from 'HOME/duckdb/order_returns/*.parquet' group by 1),
          customers as (
            select id from 'HOME/duckdb/customers/*.parquet' group by id
            having max_by(op, changed_at) <> 'delete'),
          measured as (
            select customer, date_diff('day', last_order_on, date 'DATE') recency_days, orders,
              cast(gross - coalesce(returned, 0) as decimal(18,2)) monetary
            from bought left join returned using (customer)
            where customer in (select id from customers)),
          ranked as (
            select *, count(*) over () n,
              rank() over (order by -recency_days) - 1 r,
              rank() over (order by orders) - 1 f,
              rank() over (order by monetary) - 1 m
            from measured)
          select customer, recency_days, orders, monetary,
            1 + least(4, 5 * r // (n - 1)) recency_score,
            1 + least(4, 5 * f // (n - 1)) frequency_score,
            1 + least(4, 5 * m // (n - 1)) monetary_score
          from ranked
        ) to 'HOME/duckdb/rfm.parquet' (format parquet, compression zstd)
        """
            .replace("DATE'", date + "'"),
        home);
  }

  @Override
  public String check(Step step, Path home, LocalDate date) throws SQLException {
    if (step == Step.INGEST) {
      return sums(home, "order_lines/*.parquet", "count(*), sum(quantity), sum(line_amount)")
          + "; "
          + sums(home, "orders/*.parquet", "count(*), count(distinct order_id)")
          + "; "
          + sums(home, "order_returns/*.parquet", "count(*), sum(amount)");
    }
    return sums(
        home,
        "rfm.parquet",
        "count(*), sum(recency_days), sum(orders), sum(monetary), sum(recency_score),"
            + " sum(frequency_score), sum(monetary_score)");
  }

  private String sums(Path home, String table, String columns) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "select %s from '%s/duckdb/%s'".formatted(columns, home, table))) {
      found.next();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
        values.add(found.getString(i));
      }
      return String.join(" ", values);
    }
  }

  private void execute(String sql, Path home) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.replace("HOME", home.toString()));
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
