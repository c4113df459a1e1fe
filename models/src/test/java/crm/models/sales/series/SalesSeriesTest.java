package crm.models.sales.series;

import static org.assertj.core.api.Assertions.assertThat;

import crm.learning.forecasting.series.Frequency;
import crm.learning.forecasting.series.Series;
import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SalesSeriesTest {
  private static final int UNITS = 10_000;

  @Test
  void aDeliveredDayWithoutSalesIsZeroAndAnUndeliveredOneIsMissing() {
    // Closed on the 3rd; nothing came from the 5th to the 8th.
    DeliveredDays delivered =
        DeliveredDays.of(days("2026-03-01", "2026-03-02", "2026-03-04", "2026-03-09"), 2);
    assertThat(series(Frequency.DAILY, delivered, "2026-03-01", 5, "2026-03-04", 7).values())
        .containsExactly(5, 0, 0, 7, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
  }

  @Test
  void anIncompleteLastPeriodIsDroppedAndNamed() {
    DeliveredDays delivered = delivered("2026-01-01", "2026-03-30");
    Series monthly = series(Frequency.MONTHLY, delivered, "2026-01-31", 5, "2026-03-01", 7);
    assertThat(monthly.first()).isEqualTo("2026-01-01");
    assertThat(monthly.values()).containsExactly(5, 0);
    assertThat(delivered.droppedPeriod(Frequency.MONTHLY)).contains(LocalDate.of(2026, 3, 1));
    assertThat(delivered.droppedPeriod(Frequency.DAILY)).isEmpty();
    assertThat(delivered("2026-01-01", "2026-03-31").droppedPeriod(Frequency.MONTHLY)).isEmpty();
  }

  /** The source began on a Thursday. */
  @Test
  void anIncompleteFirstPeriodIsLeftOut() {
    DeliveredDays delivered = delivered("2026-01-01", "2026-01-18");
    Series weekly = series(Frequency.WEEKLY, delivered, "2026-01-02", 5, "2026-01-12", 7);
    assertThat(weekly.first()).isEqualTo("2026-01-12");
    assertThat(weekly.values()).containsExactly(7);
  }

  @Test
  void aPeriodWithAnUndeliveredDayIsMissing() {
    DeliveredDays delivered = DeliveredDays.of(days("2026-01-01", "2026-01-02", "2026-02-28"), 3);
    assertThat(series(Frequency.MONTHLY, delivered, "2026-01-02", 5).values())
        .containsExactly(Double.NaN, Double.NaN);
  }

  @Test
  void aLeapDayBelongsToItsFebruary() {
    DeliveredDays delivered = delivered("2024-02-01", "2024-03-31");
    assertThat(series(Frequency.MONTHLY, delivered, "2024-02-29", 5, "2024-03-01", 7).values())
        .containsExactly(5, 7);
    assertThat(series(Frequency.DAILY, delivered, "2024-02-28", 1, "2024-02-29", 5).values())
        .startsWith(1, 5, 0)
        .hasSize(33);
  }

  /** 2020 had a week 53, which began on 28 December and ended on 3 January 2021. */
  @Test
  void week53IsAWeekLikeAnyOther() {
    DeliveredDays delivered = delivered("2020-12-21", "2021-01-10");
    Series weekly =
        series(
            Frequency.WEEKLY,
            delivered,
            "2020-12-27",
            5,
            "2020-12-28",
            7,
            "2021-01-03",
            1,
            "2021-01-04",
            2);
    assertThat(weekly.values()).containsExactly(5, 8, 2);
    assertThat(weekly.period(1)).isEqualTo("2020-12-28");
  }

  @Test
  void aDayWithMoreReturnsThanSalesIsNegative() {
    assertThat(
            series(
                    Frequency.DAILY,
                    delivered("2026-03-01", "2026-03-02"),
                    "2026-03-01",
                    -3,
                    "2026-03-02",
                    4)
                .values())
        .containsExactly(-3, 4);
  }

  @Test
  void whatWasOnlySoldInTheIncompletePeriodHasNoSeriesYet() {
    assertThat(
            SalesSeries.series(
                "new",
                Frequency.MONTHLY,
                units("2026-03-01", 5),
                UNITS,
                delivered("2026-01-01", "2026-03-30")))
        .isEmpty();
  }

  private static Series series(Frequency frequency, DeliveredDays delivered, Object... sold) {
    return SalesSeries.series("a", frequency, units(sold), UNITS, delivered).orElseThrow();
  }

  /** Days and the amounts of each. */
  private static NavigableMap<LocalDate, Long> units(Object... sold) {
    NavigableMap<LocalDate, Long> units = new TreeMap<>();
    for (int i = 0; i < sold.length; i += 2) {
      units.put(LocalDate.parse((String) sold[i]), (long) UNITS * (int) sold[i + 1]);
    }
    return units;
  }

  private static DeliveredDays delivered(String first, String last) {
    return DeliveredDays.of(
        LocalDate.parse(first)
            .datesUntil(LocalDate.parse(last).plusDays(1))
            .collect(Collectors.toCollection(TreeSet::new)),
        0);
  }

  private static NavigableSet<LocalDate> days(String... days) {
    NavigableSet<LocalDate> set = new TreeSet<>();
    for (String day : days) {
      set.add(LocalDate.parse(day));
    }
    return set;
  }
}
