package crm.jobs.customer;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.date_trunc;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.month;
import static org.apache.spark.sql.functions.year;

import java.time.LocalDate;
import org.apache.spark.sql.Column;

/** The unit in which customers come into cohorts and cohorts grow old. */
enum RetentionPeriod {
  DAY {
    @Override
    Column start(Column day) {
      return day;
    }

    @Override
    Column between(Column earlier, Column later) {
      return datediff(later, earlier);
    }

    @Override
    Column after(Column start, Column periods) {
      return date_add(start, periods);
    }

    @Override
    LocalDate firstIncomplete(LocalDate asOf) {
      return asOf.plusDays(1);
    }
  },
  MONTH {
    @Override
    Column start(Column day) {
      return date_trunc("month", day).cast("date");
    }

    @Override
    Column between(Column earlier, Column later) {
      Column years = year(later).minus(year(earlier));
      return years.multiply(lit(12)).plus(month(later)).minus(month(earlier));
    }

    @Override
    Column after(Column start, Column periods) {
      return add_months(start, periods);
    }

    @Override
    LocalDate firstIncomplete(LocalDate asOf) {
      return asOf.plusDays(1).withDayOfMonth(1);
    }
  };

  /** The first day of the period of a day. */
  abstract Column start(Column day);

  /** Returns how many periods one first day is after another. */
  abstract Column between(Column earlier, Column later);

  /** The first day of the period so many later. */
  abstract Column after(Column start, Column periods);

  /** The first day of the first period that is not over at the end of the day. */
  abstract LocalDate firstIncomplete(LocalDate asOf);
}
