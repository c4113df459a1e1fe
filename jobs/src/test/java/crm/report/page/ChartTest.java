package crm.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final Numbers NUMBERS = new Numbers("EUR");

  @Test
  void theLongestBarTakesTheWidthAndTheOthersTheirShare() {
    Bars bars =
        Bars.compared(
            "",
            List.of(),
            List.of(
                new Bars.Row("a", "", 40), new Bars.Row("b", "", 10), new Bars.Row("c", "", -5)));
    assertThat(bars.bars())
        .extracting(bar -> bar.strips().get(0).width())
        .containsExactly("100.00%", "25.00%", "0.00%");
  }

  @Test
  void aSingleRejectedRecordAmongAMillionIsStillSeen() {
    Bars bars =
        Bars.divided(
            "",
            List.of(),
            List.of(
                new Bars.Row(
                    "load",
                    "",
                    List.of(
                        new Bars.Amount(1_000_000, Tone.MAIN),
                        new Bars.Amount(0, Tone.SECOND),
                        new Bars.Amount(1, Tone.BAD)))));
    assertThat(bars.bars().get(0).strips())
        .extracting(strip -> strip.tone() + " " + strip.x() + " " + strip.width())
        .containsExactly("main 0.00% 100.00%", "bad 99.60% 0.40%");
  }

  @Test
  void columnsStandOnTheZeroLineAndReturnsHangBelowIt() {
    Columns columns =
        Columns.of(
            "",
            List.of(),
            List.of(new Columns.Time("Jan", 400, 100), new Columns.Time("Feb", 200, 0)),
            NUMBERS);
    double zero = columns.lines().stream().filter(Columns.Line::zero).findAny().get().y();
    Columns.Column ordered = columns.columns().get(0);
    Columns.Column returned = columns.columns().get(1);
    assertThat(ordered.y() + ordered.height()).isCloseTo(zero, within(0.11));
    assertThat(returned.y()).isEqualTo(zero);
    assertThat(returned.height()).isCloseTo(ordered.height() / 4, within(0.1));
    assertThat(columns.columns()).hasSize(3);
    assertThat(columns.lines()).extracting(Columns.Line::text).containsExactly("0", "200", "400");
  }

  @Test
  void aMonthOfNothingIsDrawnAsNothing() {
    Columns columns = Columns.of("", List.of(), List.of(new Columns.Time("Jan", 0, 0)), NUMBERS);
    assertThat(columns.columns()).extracting(Columns.Column::height).containsExactly(0.0);
  }

  @Test
  void everyPairOfScoresHasACell() {
    HeatMap map =
        HeatMap.of("", "r", "f", 5, List.of(new HeatMap.Place(5, 1, 8, "8", "10"), place(2, 4)));
    assertThat(map.cells()).hasSize(25);
    assertThat(map.cells().get(24))
        .extracting(HeatMap.Cell::big, HeatMap.Cell::level)
        .containsExactly("8", 5);
    assertThat(map.cells().get(1 * 5 + 1).level()).isEqualTo(1);
    assertThat(IntStream.of(0, 12, 23).map(i -> map.cells().get(i).level())).containsOnly(0);
  }

  private static HeatMap.Place place(int across, int up) {
    return new HeatMap.Place(across, up, 1, "1", "");
  }

  @Test
  void numbersAreWrittenPlainly() {
    assertThat(NUMBERS.count(1234567)).isEqualTo("1,234,567");
    assertThat(NUMBERS.amount(new BigDecimal("1234.005"))).isEqualTo("1,234.01");
    assertThat(NUMBERS.whole(new BigDecimal("-1234.5"))).isEqualTo("EUR -1,235");
    assertThat(List.of(850.0, 9999.0, 12_500.0, 3_000_000.0, 2.5e9))
        .extracting(NUMBERS::compact)
        .containsExactly("850", "9,999", "12.5k", "3M", "2.5bn");
    assertThat(NUMBERS.percent(BigDecimal.ONE, BigDecimal.valueOf(3))).isEqualTo("33.3 %");
    assertThat(NUMBERS.percent(BigDecimal.ONE, BigDecimal.ZERO)).isEqualTo("-");
  }

  @Test
  void aNameLosesWhatCannotBeSeenAndNothingElse() {
    assertThat(Words.plain("Tea\n\u202Etop\u0000  <b>")).isEqualTo("Tea top <b>");
    assertThat(Words.shortened("Kaffee", 0)).isEqualTo("Kaffee");
    assertThat(Words.shortened("😀".repeat(40), 30)).isEqualTo("😀".repeat(29) + "…");
  }
}
