package crm.learning.forecasting.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FrequencyTest {
  /** 2020 has an ISO week 53, from 28 December to 3 January. */
  @Test
  void week53IsAWeekLikeOthers() {
    LocalDate week53 = LocalDate.of(2020, 12, 28);
    assertThat(Frequency.WEEKLY.periodOf(LocalDate.of(2021, 1, 3))).isEqualTo(week53);
    assertThat(Frequency.WEEKLY.plus(week53, 1)).isEqualTo(LocalDate.of(2021, 1, 4));
    assertThat(Frequency.WEEKLY.lastDayOf(week53)).isEqualTo(LocalDate.of(2021, 1, 3));
    assertThat(Frequency.WEEKLY.between(LocalDate.of(2019, 12, 30), LocalDate.of(2021, 1, 4)))
        .isEqualTo(53);
  }

  @Test
  void aLeapDayIsADayLikeOthers() {
    LocalDate before = LocalDate.of(2024, 2, 28);
    assertThat(Frequency.DAILY.plus(before, 1)).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(Frequency.DAILY.between(before, LocalDate.of(2024, 3, 1))).isEqualTo(2);
    assertThat(Frequency.MONTHLY.lastDayOf(LocalDate.of(2024, 2, 1)))
        .isEqualTo(LocalDate.of(2024, 2, 29));
  }

  @Test
  void quartersBeginWithTheirFirstMonth() {
    assertThat(Frequency.QUARTERLY.periodOf(LocalDate.of(2023, 12, 31)))
        .isEqualTo(LocalDate.of(2023, 10, 1));
    assertThat(Frequency.QUARTERLY.plus(LocalDate.of(2023, 10, 1), 2))
        .isEqualTo(LocalDate.of(2024, 4, 1));
    assertThat(Frequency.QUARTERLY.between(LocalDate.of(2023, 10, 1), LocalDate.of(2024, 4, 1)))
        .isEqualTo(2);
  }
}
