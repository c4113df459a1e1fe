package crm.export.audience;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Who is to be reached, and what a file says of each: one file of {@code conf/audiences/}.
 *
 * @param name that of its file
 * @param file named in messages
 * @param purpose what customers have to have agreed to, as in marketing
 * @param rule true of the customers who are meant
 * @param columns what is known of each, to be written by the layout
 * @param minimumSize with fewer customers there is no file, as a few could be re-identified not
 */
public record Audience(
    String name,
    String file,
    String description,
    String purpose,
    Channel channel,
    CustomerExpression rule,
    List<CustomerExpression> columns,
    FileLayout layout,
    Set<FileFormat> formats,
    long minimumSize) {

  /** How files are written. */
  public enum FileFormat {
    CSV,
    PARQUET
  }

  public Audience {
    columns = List.copyOf(columns);
    formats = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(formats));
  }

  /** A hash of what decides who and what is exported. */
  public String sha256() {
    return DigestUtils.sha256Hex(
        Stream.of(purpose, channel, rule, columns, layout, formats, minimumSize)
            .map(String::valueOf)
            .reduce(name, (all, part) -> all + "\n" + part));
  }

  /** The tables besides {@code customer_360} that its expressions name. */
  Set<Table> tables() {
    Set<Table> tables = new LinkedHashSet<>();
    expressions().forEach(expression -> tables.addAll(expression.tables()));
    return tables;
  }

  private Stream<CustomerExpression> expressions() {
    return Stream.concat(Stream.of(rule), columns.stream());
  }

  /**
   * Asks Spark whether it can be computed.
   *
   * @throws UserError naming every problem at once
   */
  public void check(SparkSession spark) {
    Dataset<Row> nobody =
        spark.createDataFrame(List.<Row>of(), CustomerFacts.schema()).as("customer_360");
    refuse(
        file,
        expressions().flatMap(each -> each.problem(nobody, each.equals(rule)).stream()).toList());
  }

  /**
   * Reads an audience's configuration.
   *
   * @param file named in messages
   * @throws UserError naming every problem at once
   */
  public static Audience of(String name, Config config, String file) {
    List<String> problems = new ArrayList<>();
    Audience audience = null;
    try {
      audience = new AudienceFile(problems).audience(name, config, file);
    } catch (ConfigException e) {
      problems.add(e.getMessage());
    }
    refuse(file, problems);
    return audience;
  }

  private static void refuse(String file, Collection<String> problems) {
    if (!problems.isEmpty()) {
      throw UserError.usage(
          "%s does not describe an audience:%n  - %s%nconf/audiences/ has examples, docs/audiences.md"
              + " the keys.",
          file, String.join("\n  - ", problems));
    }
  }
}
