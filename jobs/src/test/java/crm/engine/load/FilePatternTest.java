package crm.engine.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class FilePatternTest {
  @Test
  void aPatternTellsPathsAndTheirDates() {
    FilePattern pattern = new FilePattern("shop/sales_{date}*.csv");
    assertThat(pattern.matches("shop/sales_2026-01-31_late.csv")).isTrue();
    assertThat(pattern.matches("shop/old/sales_2026-01-31.csv")).isFalse();
    assertThat(pattern.matches("shop/sales_2026-01-31/x.csv")).isFalse();
    assertThat(pattern.date("shop/sales_2026-01-31_late.csv")).contains(LocalDate.of(2026, 1, 31));
  }

  @Test
  void otherFormsOfDatesAndNone() {
    assertThat(new FilePattern("{yyyyMMdd}.gz").date("20260131.gz"))
        .contains(LocalDate.of(2026, 1, 31));
    assertThat(new FilePattern("initial.csv").date("initial.csv")).isEmpty();
  }

  @Test
  void whatAGlobWouldTakeForItselfIsTakenLiterally() {
    FilePattern pattern = new FilePattern("in [x]/{date}?.csv");
    assertThat(pattern.matches("in [x]/2026-01-31?.csv")).isTrue();
    assertThat(pattern.matches("in x/2026-01-31?.csv")).isFalse();
  }

  @Test
  void aDateThatIsNoneIsNamed() {
    assertThatThrownBy(() -> new FilePattern("{date}.csv").date("2026-02-30.csv"))
        .hasMessageContainingAll("2026-02-30.csv", "Rename the file");
  }
}
