package crm.export.audience;

import static java.util.stream.Collectors.joining;

import crm.engine.run.Effect;
import crm.engine.store.PublishedTables;
import crm.warehouse.UserError;
import crm.warehouse.tables.ops.OpsTables;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/**
 * Writes audiences as files, and a receipt of each. One that cannot be written does not keep the
 * others back; then all are told together.
 *
 * @param root folder of all exports; any Hadoop file system
 * @param date of the customers; the newest where empty
 */
public record ExportAudiences(String root, List<Audience> audiences, Optional<LocalDate> date)
    implements Effect {
  private static final String SEPARATOR = "\n  ";

  public ExportAudiences {
    audiences = List.copyOf(audiences);
  }

  @Override
  public String name() {
    return "export";
  }

  /** The audiences that were written, or are there already. */
  record Exported(List<Receipt> receipts) implements Effect.Result {
    @Override
    public String summary() {
      return receipts.isEmpty()
          ? "no audiences; exports.audiences names those to export"
          : receipts.stream().map(Receipt::message).collect(joining(SEPARATOR));
    }
  }

  @Override
  public Exported run(PublishedTables published, Instant now) {
    if (audiences.isEmpty()) {
      return new Exported(List.of());
    }
    audiences.forEach(audience -> audience.check(published.spark()));
    LocalDate exported = date.orElseGet(() -> CustomerFacts.newestDate(published));
    AudienceExport export = new AudienceExport(published, root, now);
    List<Receipt> receipts = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    List<UserError> problems = new ArrayList<>();
    for (Audience audience : audiences) {
      try {
        Receipt receipt = run(export, audience, exported);
        published.warehouse().append(OpsTables.EXPORTS, List.of(receipt.row()));
        receipts.add(receipt);
        lines.add(receipt.message());
        switch (receipt.status()) {
          case EXPORTED, UNCHANGED -> {}
          case TOO_SMALL -> problems.add(UserError.gate("%s", receipt.message()));
          case REFUSED -> problems.add(UserError.retryable("%s", receipt.message()));
        }
      } catch (UserError e) {
        lines.add(e.getMessage());
        problems.add(e);
      }
    }
    if (!problems.isEmpty()) {
      String all = String.join(SEPARATOR, lines);
      throw new UserError(
          problems.get(0).exitCode(),
          audiences.size() == 1 ? all : "not every audience was exported:" + SEPARATOR + all);
    }
    return new Exported(receipts);
  }

  /**
   * Exports an audience; hides Spark's own message of a failure, which may hold a value, such as an
   * address.
   */
  private static Receipt run(AudienceExport export, Audience audience, LocalDate date) {
    try {
      return export.run(audience, date);
    } catch (UserError | IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!UserError.condition(e).equals(e.getClass().getSimpleName())
          || e instanceof SparkThrowable) {
        throw UserError.usage(
            "Audience %s stopped with %s, and nothing of it was written. An expression that cannot"
                + " be computed for some customer can be tried, as in try_cast; correct it in %s",
            audience.name(), UserError.condition(e), audience.file());
      }
      throw e;
    }
  }
}
