package crm.report.page;

import java.util.List;

/**
 * A report as a person reads it.
 *
 * @param facts the few numbers on top
 * @param origin what they were made of, and when
 * @param notices what the reader must know before believing them
 */
public record Page(
    String title, List<Fact> facts, List<Fact> origin, List<String> notices, List<Group> groups) {

  public Page {
    facts = List.copyOf(facts);
    origin = List.copyOf(origin);
    notices = List.copyOf(notices);
    groups = List.copyOf(groups);
  }

  /**
   * A name and what it stands for, as text.
   *
   * @param note in small letters below; may be empty
   */
  public record Fact(String name, String value, String note) {
    public Fact(String name, String value) {
      this(name, value, "");
    }
  }
}
