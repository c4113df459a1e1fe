package crm.export.audience;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import crm.warehouse.settings.ConfigSection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the file of an audience.
 *
 * @param problems filled with what is wrong with it
 */
record AudienceFile(List<String> problems) {
  private static final Set<String> KEYS =
      Set.of(
          "description",
          "purpose",
          "channel",
          "rule",
          "columns",
          "destination",
          "formats",
          "minimum-size");
  private static final Set<String> COLUMN_KEYS = Set.of("name", "value");
  private static final long DEFAULT_MINIMUM = 50;

  Audience audience(String name, Config config, String file) {
    ConfigSection section = new ConfigSection("the audience", config, problems).onlyKeys(KEYS);
    CustomerExpression rule = new CustomerExpression("rule", required(section, "rule"));
    if (!rule.sql().isEmpty()) {
      problems.addAll(rule.problems(false));
    }
    List<CustomerExpression> columns = columns(section);
    return new Audience(
        name,
        file,
        section.text("description").orElse(""),
        word(section, "purpose"),
        channel(section),
        rule,
        columns,
        layout(section, columns.stream().map(CustomerExpression::of).toList()),
        formats(section),
        minimumSize(config));
  }

  private List<CustomerExpression> columns(ConfigSection section) {
    List<CustomerExpression> columns = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    if (!section.config().hasPath("columns")) {
      problems.add("columns is missing; name what the file says of each, as in [contact]");
      return columns;
    }
    for (ConfigValue value : section.config().getList("columns")) {
      CustomerExpression column = column(value);
      if (column.of().isEmpty()) {
        continue; // Told already.
      }
      if (!column.of().matches("[a-z][a-z0-9_]*")) {
        problems.add(
            "column '%s': choose a name in lower snake case: { name = x, value = \"...\" }"
                .formatted(column.of()));
      } else if (!names.add(column.of())) {
        problems.add("columns has '" + column.of() + "' twice");
      }
      if (!column.sql().isEmpty()) {
        problems.addAll(column.problems(true));
      }
      columns.add(column);
    }
    if (columns.isEmpty()) {
      problems.add("columns is empty; name what the file says of each, as in [contact]");
    }
    return columns;
  }

  private CustomerExpression column(ConfigValue value) {
    if (value.valueType() != ConfigValueType.OBJECT) {
      String name = String.valueOf(value.unwrapped());
      return new CustomerExpression(name, name);
    }
    ConfigSection section =
        new ConfigSection("a column", ((ConfigObject) value).toConfig(), problems)
            .onlyKeys(COLUMN_KEYS);
    return new CustomerExpression(required(section, "name"), required(section, "value"));
  }

  private String required(ConfigSection section, String key) {
    if (section.text(key).isEmpty()) {
      problems.add("%s has no %s".formatted(section.where(), key));
    }
    return section.text(key).orElse("");
  }

  private String word(ConfigSection section, String key) {
    String word = required(section, key);
    if (!word.isEmpty() && !word.matches("[a-z][a-z0-9_-]*")) {
      problems.add("%s = '%s': choose one word, as in marketing".formatted(key, word));
    }
    return word;
  }

  private Channel channel(ConfigSection section) {
    required(section, "channel");
    return Channel.valueOf(
        section.choice("channel", "email", "phone", "post").toUpperCase(Locale.ROOT));
  }

  private FileLayout layout(ConfigSection section, List<String> columns) {
    String[] known = FileLayout.ALL.stream().map(FileLayout::name).toArray(String[]::new);
    FileLayout layout = FileLayout.named(section.choice("destination", known)).orElseThrow();
    for (FileLayout.FileColumn column : layout.columns().apply(columns)) {
      if (!columns.contains(column.of())) {
        problems.add(
            "destination = '%s' needs the column '%s'".formatted(layout.name(), column.of()));
      }
    }
    return layout;
  }

  private Set<Audience.FileFormat> formats(ConfigSection section) {
    Set<Audience.FileFormat> formats = new LinkedHashSet<>();
    List<String> names =
        section.config().hasPath("formats")
            ? section.config().getStringList("formats")
            : List.of("csv");
    for (String name : names) {
      switch (name) {
        case "csv" -> formats.add(Audience.FileFormat.CSV);
        case "parquet" -> formats.add(Audience.FileFormat.PARQUET);
        default -> problems.add("formats names '%s': choose csv, parquet".formatted(name));
      }
    }
    if (names.isEmpty()) {
      problems.add("formats is empty: choose csv, parquet");
    }
    return formats;
  }

  private long minimumSize(Config config) {
    long size = config.hasPath("minimum-size") ? config.getLong("minimum-size") : DEFAULT_MINIMUM;
    if (size < 1) {
      problems.add("minimum-size = %d: choose 1 or more".formatted(size));
    }
    return size;
  }
}
