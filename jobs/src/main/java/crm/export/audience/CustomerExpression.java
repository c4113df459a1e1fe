package crm.export.audience;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_360;

import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.Star;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Window;
import org.apache.spark.sql.catalyst.trees.TreeNode;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A Spark SQL expression over one customer, the same whenever it is asked.
 *
 * @param of what messages call it: rule, or a column
 */
record CustomerExpression(String of, String sql) {
  /** Spark reads these as dates, by the clock. */
  private static final Pattern CLOCK_IN_TEXT =
      Pattern.compile("'\\s*(now|today|tomorrow|yesterday)\\s*'", Pattern.CASE_INSENSITIVE);

  Column column() {
    return functions.expr(sql);
  }

  /** The tables besides {@code customer_360} that it names. */
  Set<Table> tables() {
    Set<Table> tables = new LinkedHashSet<>();
    for (List<String> name : names(parsed())) {
      CustomerFacts.OTHERS.stream()
          .filter(table -> name.size() > 1 && table.name().equals(name.get(0)))
          .forEach(tables::add);
    }
    return tables;
  }

  /**
   * Finds the problems that can be found without Spark.
   *
   * @param personal whether it may name what is personal
   */
  List<String> problems(boolean personal) {
    Expression parsed;
    try {
      parsed = parsed();
    } catch (Exception e) { // Spark's parser throws a checked exception it does not declare.
      return List.of("%s = \"%s\" is no expression: %s".formatted(of, sql, UserError.firstLine(e)));
    }
    List<String> problems = new ArrayList<>();
    if (anyOf(parsed, SubqueryExpression.class)) {
      problems.add(of + " asks another query; join a table by naming it, as in table.column");
    }
    if (anyOf(parsed, Star.class)) {
      problems.add(of + " names *; name each column");
    }
    if (CLOCK_IN_TEXT.matcher(sql).find()) {
      problems.add(of + " asks the clock; the day that is exported is logical_date");
    }
    for (List<String> name : names(parsed)) {
      unknown(name, personal).ifPresent(problem -> problems.add(of + " names " + problem));
    }
    return problems;
  }

  private static Optional<String> unknown(List<String> name, boolean personal) {
    String text = String.join(".", name);
    if (CustomerFacts.PERSONAL.contains(text)) {
      return personal
          ? Optional.empty()
          : Optional.of("'%s', which is personal: only columns may have it".formatted(text));
    }
    Map<String, List<String>> tables = CustomerFacts.columnsByTable();
    boolean isQualified = name.size() > 1;
    String table = isQualified ? name.get(0) : CUSTOMER_360.name();
    String column = String.join(".", isQualified ? name.subList(1, name.size()) : name);
    if (!tables.containsKey(table)) {
      return Optional.of(
          "'%s'%s; tables with a row per customer are %s"
              .formatted(
                  text,
                  UserError.suggestion(table, tables.keySet()),
                  String.join(", ", tables.keySet())));
    }
    List<String> columns = tables.get(table);
    return columns.contains(column)
        ? Optional.empty()
        : Optional.of(
            "'%s'%s; %s has %s. A column of another table is named as table.column"
                .formatted(
                    text,
                    UserError.suggestion(column, columns),
                    table,
                    String.join(", ", columns)));
  }

  /**
   * Finds a problem that Spark has to find: its type, chance, the clock, and other customers.
   *
   * @param nobody no row, with all columns there are
   * @param isRule whether it has to be true or false
   */
  Optional<String> problem(Dataset<Row> nobody, boolean isRule) {
    LogicalPlan plan;
    try {
      plan = nobody.select(column().as("value")).queryExecution().analyzed();
    } catch (Exception e) { // Spark throws a checked exception it does not declare.
      return Optional.of("%s cannot be computed: %s".formatted(of, UserError.firstLine(e)));
    }
    if (anyOf(plan, Aggregate.class) || anyOf(plan, Window.class) || anyOf(plan, Generate.class)) {
      return Optional.of(of + " looks at more than one customer, or makes several of one");
    }
    for (Expression expression : CollectionConverters.asJava(plan.expressions())) {
      if (!expression.deterministic()) {
        return Optional.of(of + " depends on chance, so a second export would have others");
      }
      if (expression.containsPattern(TreePattern.CURRENT_LIKE())) {
        return Optional.of(of + " asks the clock; the day that is exported is logical_date");
      }
    }
    DataType type = plan.schema().apply("value").dataType();
    if (isRule && !(type instanceof BooleanType)) {
      return Optional.of("%s is %s, and has to be true or false".formatted(of, type.sql()));
    }
    boolean isCell =
        !(type instanceof ArrayType
            || type instanceof MapType
            || type instanceof StructType
            || type instanceof BinaryType
            || type instanceof NullType);
    return isCell
        ? Optional.empty()
        : Optional.of("%s is %s, which is no cell of a file".formatted(of, type.sql()));
  }

  private Expression parsed() {
    return CatalystSqlParser$.MODULE$.parseExpression(sql);
  }

  private static Set<List<String>> names(Expression expression) {
    Set<List<String>> names = new LinkedHashSet<>();
    if (expression instanceof UnresolvedAttribute attribute) {
      names.add(
          CollectionConverters.asJava(attribute.nameParts()).stream()
              .map(part -> part.toLowerCase(Locale.ROOT))
              .toList());
    }
    CollectionConverters.asJava(expression.children()).forEach(child -> names.addAll(names(child)));
    return names;
  }

  private static boolean anyOf(TreeNode<?> tree, Class<?> kind) {
    return kind.isInstance(tree)
        || CollectionConverters.asJava(tree.children()).stream()
            .anyMatch(child -> anyOf((TreeNode<?>) child, kind));
  }
}
