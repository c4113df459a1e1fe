package crm.publish;

import crm.engine.run.Effect;
import java.util.Collection;

/**
 * A copy of the published run that was written.
 *
 * @param target where it is, in words
 */
record PublishedCopy(int tables, long rows, String target) implements Effect.Result {
  static PublishedCopy of(Collection<Outgoing> tables, String target) {
    return new PublishedCopy(
        tables.size(), tables.stream().mapToLong(table -> table.checksum().rows()).sum(), target);
  }

  @Override
  public String summary() {
    return "%d tables, %d rows in %s".formatted(tables, rows, target);
  }
}
