package crm.warehouse.job;

/**
 * What became of records: every record that was read is counted once.
 *
 * @param accepted became a row
 * @param rejected kept with a reason
 * @param duplicates equal in key and content to a record that counts
 * @param unchanged of a full dump, equal to what is stored
 * @param collapsed older than another record of the same key and day
 * @param filtered left out by the source's where clause
 * @param suppressed of a person who was erased
 * @param otherDay of a day that the run does not load
 * @param tombstones rows for keys a full dump no longer holds; not records
 */
public record OutcomeCounts(
    long accepted,
    long rejected,
    long duplicates,
    long unchanged,
    long collapsed,
    long filtered,
    long suppressed,
    long otherDay,
    long tombstones) {

  public static final OutcomeCounts NONE = new OutcomeCounts(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Records read. */
  public long recordsIn() {
    return ofItsDays() + otherDay;
  }

  /** Records read of days that the run loads. */
  public long ofItsDays() {
    return accepted + rejected + duplicates + unchanged + collapsed + filtered + suppressed;
  }

  public OutcomeCounts plus(OutcomeCounts other) {
    return new OutcomeCounts(
        accepted + other.accepted,
        rejected + other.rejected,
        duplicates + other.duplicates,
        unchanged + other.unchanged,
        collapsed + other.collapsed,
        filtered + other.filtered,
        suppressed + other.suppressed,
        otherDay + other.otherDay,
        tombstones + other.tombstones);
  }
}
