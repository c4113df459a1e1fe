package crm.engine.load;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;

/**
 * What a load of a range of dates did.
 *
 * @param pattern of the feed's files
 * @param files that were there
 * @param rows that were written
 * @param rejected records that became no row
 * @param missing dates without a file
 * @param strays files in the same folders that no feed takes, in words; empty if there are none
 */
public record LoadResult(
    String pattern,
    int files,
    long rows,
    long rejected,
    NavigableSet<LocalDate> missing,
    String strays) {

  /** Says it in a line. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    if (files > 0) {
      parts.add("%,d rows, %,d rejected".formatted(rows, rejected));
    }
    if (!missing.isEmpty()) {
      parts.add(
          "no file of %s for %s"
              .formatted(
                  pattern,
                  missing.size() == 1
                      ? missing.first()
                      : "%d days, the first is %s".formatted(missing.size(), missing.first())));
    }
    if (!strays.isEmpty()) {
      parts.add(strays);
    }
    return String.join("; ", parts);
  }
}
