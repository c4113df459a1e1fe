package crm.ingest;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.ConvertTimezone;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.FromUTCTimestamp;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ToUTCTimestamp;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import scala.jdk.javaapi.CollectionConverters;

/** What no expression of a mapping may do, since it would make wrong rows, or others each time. */
final class Refused {
  private Refused() {}

  /**
   * The first problem of the expressions of a plan's last step, found by the name of its column.
   */
  static Optional<String> firstOf(LogicalPlan analysed) {
    return children(analysed.expressions())
        .flatMap(named -> problem(named).stream().map(problem -> name(named) + problem))
        .findFirst();
  }

  private static Stream<Expression> children(scala.collection.Iterable<Expression> expressions) {
    return CollectionConverters.asJavaCollection(expressions).stream();
  }

  private static String name(Expression named) {
    return named instanceof NamedExpression column
        ? column.name().replaceFirst("^(_given_|_|" + Records.ofRecord("") + ")", "")
        : "an expression";
  }

  private static Optional<String> problem(Expression expression) {
    if (expression instanceof ToUTCTimestamp
        || expression instanceof FromUTCTimestamp
        || expression instanceof ConvertTimezone) {
      return Optional.of(
          (" calls %s, and would shift moments twice: expressions are evaluated in time-zone. Leave"
                  + " it out; where text is in another zone, name that behind it, as in concat(at,"
                  + " ' America/New_York')")
              .formatted(expression.prettyName()));
    }
    if (!expression.deterministic() || expression.containsPattern(TreePattern.CURRENT_LIKE())) {
      return Optional.of(
          " depends on chance, or on when, where or by whom it is run, so that running the day"
              + " again would make other rows. Take a field of the record");
    }
    return children(expression.children())
        .map(Refused::problem)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
