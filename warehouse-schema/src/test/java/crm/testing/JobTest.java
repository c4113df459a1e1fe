package crm.testing;

import static org.assertj.core.api.Assertions.assertThat;

import crm.warehouse.Table;
import crm.warehouse.job.Job;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a job makes of rows: {@code JobTest.of(job).on(date).given(T, """...""").then(T,
 * """...""")}. Tables a job reads and the test does not give are empty.
 */
public final class JobTest {
  private final Job job;
  private final LocalDate date;
  private final GivenInputs inputs = new GivenInputs();
  private Map<Table, Dataset<Row>> outputs;

  private JobTest(Job job, LocalDate date) {
    this.job = job;
    this.date = date;
    job.reads()
        .forEach(
            table -> inputs.given(table, TextTable.of(table.columnNames().get(0)).rows(table)));
  }

  /** A job without its date. */
  public record Undated(Job job) {
    public JobTest on(String date) {
      return new JobTest(job, LocalDate.parse(date));
    }
  }

  public static Undated of(Job job) {
    return new Undated(job);
  }

  public JobTest given(Table table, String rows) {
    inputs.given(table, TextTable.of(rows).rows(table));
    return this;
  }

  /** Exactly these rows come out, compared in the columns that the text names. */
  public JobTest then(Table table, String rows) {
    if (outputs == null) {
      outputs = new HashMap<>(job.run(inputs, date).rows());
    }
    TextTable expected = TextTable.of(rows);
    assertThat(expected.normalized(outputs.get(table)))
        .as(table + " of " + date)
        .isEqualTo(expected.normalized());
    return this;
  }
}
