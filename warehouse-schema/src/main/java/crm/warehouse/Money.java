package crm.warehouse;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;

import java.math.BigDecimal;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Money in the base currency. Amounts of lines are decimals of four places, reported totals of two;
 * sums run over whole units of 0.0001, which is exact, the same in any order, and half again as
 * fast as summing decimals. Overflow is an error.
 */
public final class Money {
  /** Unit prices, line amounts and running sums of them. */
  public static final DataType AMOUNT = DataTypes.createDecimalType(18, 4);

  /** Reported totals. */
  public static final DataType TOTAL = DataTypes.createDecimalType(18, 2);

  /** Units of an amount of one. */
  public static final long UNITS_PER_ONE = 10_000;

  private static final BigDecimal ONE_UNIT = new BigDecimal("0.0001");

  private Money() {}

  /** An {@link #AMOUNT} as a whole number of units, to be summed. */
  public static Column units(Column amount) {
    return amount.multiply(lit(BigDecimal.valueOf(UNITS_PER_ONE))).cast(DataTypes.LongType);
  }

  /** Units as an {@link #AMOUNT}. */
  public static Column amount(Column units) {
    return units.cast(DataTypes.createDecimalType(20, 0)).multiply(lit(ONE_UNIT)).cast(AMOUNT);
  }

  /** Units as a number of the currency. */
  public static double ofUnits(long units) {
    return (double) units / UNITS_PER_ONE;
  }

  /** An amount as a reported total, rounded half up. */
  public static Column total(Column amount) {
    return round(amount, 2).cast(TOTAL);
  }
}
