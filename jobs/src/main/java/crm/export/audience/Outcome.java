package crm.export.audience;

import java.util.Locale;

/** What becomes of a customer whom a rule is true of; the first that applies. */
public enum Outcome {
  EXPORTED("may be reached"),
  DELETED("deleted since"),
  NO_CONSENT("never asked, or without an answer"),
  DENIED("said no"),
  WITHDRAWN("said yes and took it back"),
  NO_CONTACT("no address on the channel"),
  INVALID_CONTACT("an address nothing can be sent to"),
  SHARED_ADDRESS("somebody else with this address did not agree");

  private final String meaning;

  Outcome(String meaning) {
    this.meaning = meaning;
  }

  public String meaning() {
    return meaning;
  }

  /** By its name in receipts. */
  static Outcome named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** As receipts name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
