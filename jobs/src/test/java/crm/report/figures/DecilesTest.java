package crm.report.figures;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import crm.testing.Sessions;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecilesTest {
  static List<List<Long>> values() {
    return List.of(
        LongStream.rangeClosed(1, 10).boxed().toList(),
        // Equal values on both sides of every cut, and sizes that do not divide by ten.
        List.of(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 91L, 91L),
        LongStream.range(0, 237).map(i -> i * i * 7919 % 1000 - 200).boxed().toList());
  }

  /** As sorting all values in one place and cutting the list says it. */
  @ParameterizedTest
  @MethodSource("values")
  void everyDecileHasWhatTheSortedListSays(List<Long> values) {
    List<Long> sorted = values.stream().sorted().toList();
    int size = sorted.size();
    List<Deciles.Decile> expected =
        IntStream.range(0, 10)
            .mapToObj(part -> sorted.subList(part * size / 10, (part + 1) * size / 10))
            .map(
                decile ->
                    new Deciles.Decile(
                        decile.size(),
                        cents(decile.get(0)),
                        cents(decile.get(decile.size() - 1)),
                        cents(decile.stream().mapToLong(Long::longValue).sum())))
            .toList();
    Deciles found =
        Deciles.of(
            Sessions.small().createDataset(values, Encoders.LONG()).toDF("cents"), col("cents"));
    assertThat(found.deciles()).isEqualTo(expected);
    assertThat(found.total()).isEqualTo(cents(values.stream().mapToLong(Long::longValue).sum()));
  }

  private static BigDecimal cents(long cents) {
    return BigDecimal.valueOf(cents, 2);
  }
}
