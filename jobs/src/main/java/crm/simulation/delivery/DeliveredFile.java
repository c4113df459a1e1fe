package crm.simulation.delivery;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file of a day in which a system delivers records, or in which the truth stands.
 *
 * @param name as the truth counts its lines
 * @param path below the workspace, with a place for the day; packed if it ends in .gz
 * @param delimiter between the values of a record, which are not quoted; empty for JSON
 * @param header the first line, which names the columns; empty for JSON
 * @param corruptions ways in which a record may be broken
 */
public record DeliveredFile(
    String name, String path, String delimiter, String header, List<Corruption> corruptions)
    implements Serializable {

  String path(LocalDate day) {
    return path.formatted(day);
  }

  boolean isPacked() {
    return path.endsWith(".gz");
  }

  Corruption anyCorruption(Random random) {
    return corruptions.get(random.nextInt(corruptions.size()));
  }

  String corrupted(Corruption corruption, String line) {
    if (corruption.column().isEmpty()) {
      return corruption.change().apply(line);
    }
    return header.isEmpty() ? withProperty(line, corruption) : withValue(line, corruption);
  }

  private String withValue(String line, Corruption corruption) {
    String between = Pattern.quote(delimiter);
    String[] values = line.split(between, -1);
    int index = Arrays.asList(header.split(between, -1)).indexOf(corruption.column());
    values[index] = corruption.change().apply(values[index]);
    return String.join(delimiter, values);
  }

  private static String withProperty(String line, Corruption corruption) {
    return Pattern.compile("(?<=\"%s\":\")[^\"]*".formatted(corruption.column()))
        .matcher(line)
        .replaceFirst(old -> Matcher.quoteReplacement(corruption.change().apply(old.group())));
  }
}
