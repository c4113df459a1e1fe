package crm.models.sales.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import crm.learning.forecasting.series.Frequency;
import crm.warehouse.UserError;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class HolidaysTest {
  private static final List<String> DAYS = List.of("12-25", "12-26", "2026-04-06");

  @Test
  void aHolidayOfEveryYearIsInEveryYear() {
    assertThat(share(Frequency.DAILY, "2019-12-25")).isEqualTo(1);
    assertThat(share(Frequency.DAILY, "2031-12-26")).isEqualTo(1);
    assertThat(share(Frequency.DAILY, "2031-12-27")).isZero();
  }

  @Test
  void aMovableHolidayIsOnThatDayAlone() {
    assertThat(share(Frequency.DAILY, "2026-04-06")).isEqualTo(1);
    assertThat(share(Frequency.DAILY, "2027-04-06")).isZero();
  }

  @Test
  void aPeriodHasTheShareOfItsDays() {
    assertThat(share(Frequency.WEEKLY, "2026-12-21")).isEqualTo(2 / 7.0);
    assertThat(share(Frequency.MONTHLY, "2026-12-01")).isEqualTo(2 / 31.0);
  }

  @Test
  void whatIsNoDayIsToldWithARemedy() {
    assertThatThrownBy(() -> Holidays.calendar(List.of("25.12."), Frequency.DAILY))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("write 12-25 for every year");
  }

  private static double share(Frequency frequency, String period) {
    return Holidays.calendar(DAYS, frequency).features(LocalDate.parse(period))[0];
  }
}
