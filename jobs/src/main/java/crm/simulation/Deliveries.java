package crm.simulation;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * The lines that the company's systems deliver of one customer. Not all goes well: a few come twice
 * and a share has a broken copy. What would be delivered after the last day is left out.
 */
final class Deliveries {
  /** How a line came, where nothing was wrong with it. */
  static final String ON_TIME = "on_time";

  /** Days after its event date. */
  static final String LATE = "late";

  /** Once more, the day after. */
  static final String AGAIN = "again";

  /** In place of a line: the file is there, whether it has lines or not. */
  static final String NONE = "none";

  /** Lines in the order in which they stand in their files: by customer and number. */
  static final StructType SCHEMA =
      new StructType()
          .add("file", StringType)
          .add("day", DateType)
          .add("customer", LongType)
          .add("number", IntegerType)
          .add("kind", StringType)
          .add("line", StringType);

  private static final double AGAIN_RATE = 0.005;

  private final SampleCompany company;
  private final long customer;
  private final Random random;
  private final List<Row> rows = new ArrayList<>();

  Deliveries(SampleCompany company, long customer, Random random) {
    this.company = company;
    this.customer = customer;
    this.random = random;
  }

  List<Row> rows() {
    return rows;
  }

  /** Delivers a line as a system does that may repeat itself and that people type into. */
  void deliver(SampleFile file, LocalDate day, String kind, String line) {
    add(file, day, kind, line);
    if (random.nextDouble() < AGAIN_RATE) {
      add(file, day.plusDays(1), AGAIN, line);
    }
    if (random.nextDouble() < company.dirtyRate()) {
      Corruption dirt = Corruption.any(file, random);
      add(file, day, dirt.name().toLowerCase(java.util.Locale.ROOT), dirt.corrupt(line));
    }
  }

  /** Adds a line as it is. */
  void add(SampleFile file, LocalDate day, String kind, String line) {
    if (!day.isAfter(company.end())) {
      rows.add(
          RowFactory.create(
              file.name(), java.sql.Date.valueOf(day), customer, rows.size(), kind, line));
    }
  }
}
