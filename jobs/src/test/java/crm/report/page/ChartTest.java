package crm.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final Numbers NUMBERS = new Numbers("EUR");

  @Test
  void theLongestBarTakesTheWidthAndTheOthersTheirShare() {
    BarChart bars =
        BarChart.compared(
            "",
            List.of(),
            List.of(
                new BarChart.Row("a", "", 40),
                new BarChart.Row("b", "", 10),
                new BarChart.Row("c", "", -5)));
    assertThat(bars.bars())
        .extracting(bar -> bar.strips().get(0).width())
        .containsExactly("100.00%", "25.00%", "0.00%");
  }

  @Test
  void aSingleRejectedRecordAmongAMillionIsStillSeen() {
    BarChart bars =
        BarChart.divided(
            "",
            List.of(),
            List.of(
                new BarChart.Row(
                    "load",
                    "",
                    List.of(
                        new BarChart.Amount(1_000_000, Tone.MAIN),
                        new BarChart.Amount(0, Tone.SECOND),
                        new BarChart.Amount(1, Tone.BAD)))));
    assertThat(bars.bars().get(0).strips())
        .extracting(strip -> strip.tone() + " " + strip.x() + " " + strip.width())
        .containsExactly("main 0.00% 100.00%", "bad 99.60% 0.40%");
  }

  @Test
  void columnsStandOnTheZeroLineAndReturnsHangBelowIt() {
    ColumnChart columns =
        ColumnChart.of(
            "",
            List.of(),
            List.of(new ColumnChart.Time("Jan", 400, 100), new ColumnChart.Time("Feb", 200, 0)),
            NUMBERS);
    double zero = columns.frame().lines().stream().filter(Frame.Line::zero).findAny().get().y();
    ColumnChart.Column ordered = columns.columns().get(0);
    ColumnChart.Column returned = columns.columns().get(1);
    assertThat(ordered.y() + ordered.height()).isCloseTo(zero, within(0.11));
    assertThat(returned.y()).isEqualTo(zero);
    assertThat(returned.height()).isCloseTo(ordered.height() / 4, within(0.1));
    assertThat(columns.columns()).hasSize(3);
    assertThat(columns.frame().lines())
        .extracting(Frame.Line::text)
        .containsExactly("0", "200", "400");
  }

  @Test
  void aMonthOfNothingIsDrawnAsNothing() {
    ColumnChart columns =
        ColumnChart.of("", List.of(), List.of(new ColumnChart.Time("Jan", 0, 0)), NUMBERS);
    assertThat(columns.columns()).extracting(ColumnChart.Column::height).containsExactly(0.0);
  }

  /** Actual are 100 in January and 200 in February, forecast 300 for March and 400 for April. */
  @Test
  void theFanOpensAtTheLastTimeThatIsOver() {
    FanChart fan =
        FanChart.of(
            "",
            List.of(new FanChart.Actual("Jan", 100), new FanChart.Actual("Feb", 200)),
            List.of(
                new FanChart.Expected(
                    "Mar", 300, Optional.of(new FanChart.Bounds(100, 200, 400, 500))),
                new FanChart.Expected(
                    "Apr", 400, Optional.of(new FanChart.Bounds(0, 200, 600, 800)))),
            NUMBERS);
    // 800 is at the top, 0 at the bottom; the middles of four times in the width behind the gutter.
    assertThat(fan.frame().lines())
        .extracting(line -> line.text() + " " + line.y())
        .containsExactly("0 236.0", "200 181.5", "400 127.0", "600 72.5", "800 18.0");
    assertThat(fan.points())
        .extracting(point -> point.tone() + " " + point.x() + " " + point.y())
        .containsExactly(
            "main 23.88% 208.8",
            "main 45.63% 181.5", "forecast 67.38% 154.3", "forecast 89.13% 127.0");
    assertThat(fan.lines())
        .extracting(FanChart.Outline::corners)
        .containsExactly("238.8,208.8 456.3,181.5", "456.3,181.5 673.8,154.3 891.3,127.0");
    assertThat(fan.areas())
        .extracting(area -> area.tone() + " " + area.corners())
        .containsExactly(
            "interval-95 456.3,181.5 673.8,99.8 891.3,18.0 891.3,236.0 673.8,208.8",
            "interval-80 456.3,181.5 673.8,127.0 891.3,72.5 891.3,181.5 673.8,181.5");
  }

  /** Of 30 times every eighth is named, but the 25th has a fifth of the width left. */
  @Test
  void aNameThatWouldBeCutOffIsLeftOut() {
    List<String> months = IntStream.range(0, 30).mapToObj(String::valueOf).toList();
    assertThat(Frame.of(Frame.scale(0, 1), months, NUMBERS).labels())
        .extracting(Frame.Label::text)
        .containsExactly("0", "8", "16");
  }

  @Test
  void aForecastWithoutBoundsHasNoBands() {
    FanChart fan =
        FanChart.of(
            "",
            List.of(new FanChart.Actual("Jan", 0)),
            List.of(new FanChart.Expected("Feb", -50, Optional.empty())),
            NUMBERS);
    assertThat(fan.areas()).isEmpty();
    assertThat(fan.keys()).extracting(Key::name).containsExactly("actual", "forecast");
    assertThat(fan.points().get(1).y()).as("below zero").isGreaterThan(fan.points().get(0).y());
  }

  @Test
  void theMostHasTheStrongestColourAndNothingHasNone() {
    HeatMap map = grid(List.of("1"), place(0, 0, 8), place(0, 1, 1), place(0, 2, 0));
    assertThat(map.cells()).extracting(HeatMap.Cell::level).containsExactly(5, 1, 0);
  }

  @Test
  void ofAPlaceThatIsNotGivenNothingIsDrawn() {
    HeatMap map = grid(List.of("2026-01", "2026-02"), place(0, 0, 3), place(0, 1, 0));
    assertThat(map.cells())
        .extracting(cell -> cell.x() + " " + cell.y() + " " + cell.big())
        .containsExactly("18.00% 22 3", "45.33% 22 0");
  }

  @Test
  void aNameThatIsTooLongForBesideItsRowStandsAboveIt() {
    HeatMap map = grid(List.of("2026-01", "lapsed-champions"), place(1, 0, 3));
    HeatMap.Cell cell = map.cells().get(0);
    HeatMap.Label name = map.labels().get(1);
    assertThat(cell.x()).isEqualTo("0.00%");
    assertThat(name.y()).isLessThan(cell.y()).isGreaterThan(cell.y() - 20);
    assertThat(map.height()).isGreaterThan(cell.y() + cell.height());
  }

  private static HeatMap grid(List<String> rows, HeatMap.Place... places) {
    return HeatMap.of("", "", "", rows, List.of("1", "2", "3"), List.of(places));
  }

  private static HeatMap.Place place(int row, int column, double amount) {
    return new HeatMap.Place(row, column, amount, "%.0f".formatted(amount), "");
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
