package crm.warehouse;

/** How close a column's values are to a person. */
public enum Privacy {
  /** Says nothing of one person, or only together with a key. */
  NONE,
  /** Identifies a person to whoever holds the customer table, such as a customer id. */
  PSEUDONYM,
  /** Identifies a person to anybody, such as a name or an address. */
  PERSONAL
}
