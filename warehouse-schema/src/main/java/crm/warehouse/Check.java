package crm.warehouse;

/**
 * A rule every row obeys, as a SQL predicate; NULL passes.
 *
 * @param name names the rule in rejected rows and in the table's constraints
 */
public record Check(String name, String predicate) {}
