package crm.simulation;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** When customers of the sample company buy, and when they truly leave. */
public final class SampleLives {
  private SampleLives() {}

  /**
   * One customer.
   *
   * @param days days of the orders, ascending, each once
   * @param left day of the last order of who left
   */
  public record Truth(String id, List<LocalDate> days, Optional<LocalDate> left) {}

  public static List<Truth> of(long seed, long customers, LocalDate start, int days) {
    SampleCompany company = new SampleCompany(seed, customers, start, days, 0);
    return LongStream.rangeClosed(1, customers)
        .mapToObj(number -> SimulatedCustomer.of(company, number))
        .map(
            life ->
                new Truth(
                    life.id(),
                    life.orders().stream().map(LocalDateTime::toLocalDate).distinct().toList(),
                    life.left()))
        .toList();
  }
}
