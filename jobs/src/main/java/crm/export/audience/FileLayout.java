package crm.export.audience;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;

/**
 * How a destination wants its files. One more destination is one more of these in {@link #ALL}.
 *
 * @param name as audiences name it
 * @param headed whether CSV files begin with a line of headings
 * @param columns in order, given the columns that the audience has
 */
public record FileLayout(
    String name, boolean headed, Function<List<String>, List<FileColumn>> columns) {

  /**
   * A column of the files.
   *
   * @param heading exactly as the destination wants it
   * @param of the audience's column it is made of
   * @param written how values are written: the normalisation and the hash that the destination asks
   *     for
   */
  public record FileColumn(String heading, String of, UnaryOperator<Column> written) {}

  /** The audience's columns as they are. */
  public static final FileLayout GENERIC =
      new FileLayout(
          "generic",
          true,
          names ->
              names.stream()
                  .map(name -> new FileColumn(name, name, UnaryOperator.identity()))
                  .toList());

  static final List<FileLayout> ALL = List.of(GENERIC);

  static Optional<FileLayout> named(String name) {
    return ALL.stream().filter(layout -> layout.name().equals(name)).findFirst();
  }

  @Override
  public String toString() {
    return name;
  }
}
