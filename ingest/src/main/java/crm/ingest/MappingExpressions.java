package crm.ingest;

import crm.ingest.source.Feed;
import crm.ingest.source.Format;
import crm.ingest.source.TableMapping;
import crm.warehouse.UserError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;

/**
 * The SQL of a mapping, and the fields that it names.
 *
 * @param source whose mapping it is
 */
record MappingExpressions(String source, Feed feed, TableMapping mapping) {

  /** The mapping's expressions by the key or column they are for, in the order of the table. */
  Map<String, String> byColumn() {
    Map<String, String> expressions = new LinkedHashMap<>();
    feed.logicalDate().ifPresent(sql -> expressions.put("logical-date", sql));
    mapping.where().ifPresent(sql -> expressions.put(LoadTable.WHERE, sql));
    mapping.deleted().ifPresent(sql -> expressions.put("deleted", sql));
    mapping.sequence().ifPresent(sql -> expressions.put("sequence", sql));
    mapping.currency().ifPresent(sql -> expressions.put("currency", sql));
    for (String column : mapping.table().columnNames()) {
      if (mapping.columns().containsKey(column)) {
        expressions.put(column, mapping.columns().get(column));
      }
    }
    return expressions;
  }

  /** The fields of a record that any expression names. */
  List<String> fields() {
    TreeMap<String, String> names = new TreeMap<>();
    byColumn().values().stream().sorted().forEach(sql -> collectNames(parsed(sql), names));
    names.remove(Records.FILE);
    names.remove(Records.RECORD);
    if (feed.format().type() == Format.Type.TEXT
        && !Set.of(Format.LINE).containsAll(names.keySet())) {
      throw UserError.usage(
          "The mapping of %s in source %s uses %s, and a line of text has one field, '%s'. Cut the"
              + " parts out of it, as in: substring(line, 1, 6)",
          mapping.table(), source, String.join(", ", names.values()), Format.LINE);
    }
    return List.copyOf(names.values());
  }

  private Expression parsed(String sql) {
    try {
      return CatalystSqlParser$.MODULE$.parseExpression(sql);
    } catch (Exception e) { // Spark's parser throws a checked exception it does not declare.
      throw UserError.usage(
          "The mapping of %s in source %s has an expression that is no SQL: %s",
          mapping.table(), source, sql);
    }
  }

  /** The fields that an expression names, in lower case. */
  static Set<String> namedBy(Expression expression) {
    Map<String, String> names = new TreeMap<>();
    collectNames(expression, names);
    return names.keySet();
  }

  private static void collectNames(Expression expression, Map<String, String> names) {
    if (expression instanceof UnresolvedAttribute attribute) {
      String name = attribute.nameParts().head();
      names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    }
    scala.jdk.javaapi.CollectionConverters.asJava(expression.children())
        .forEach(child -> collectNames(child, names));
  }
}
