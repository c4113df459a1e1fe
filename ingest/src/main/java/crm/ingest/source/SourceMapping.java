package crm.ingest.source;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import crm.ingest.source.TableMapping.Delivery;
import crm.warehouse.Database;
import crm.warehouse.Field;
import crm.warehouse.Table;
import crm.warehouse.UserError;
import crm.warehouse.settings.ConfigSection;
import crm.warehouse.tables.AllTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A source system: where its files are and how its columns map; one file of {@code conf/sources/}.
 *
 * @param maxRejectedPercent above this share of rejected records of a day, the run stops before
 *     writing, 0 to 100
 */
public record SourceMapping(String source, double maxRejectedPercent, List<Feed> feeds) {

  private static final Set<String> SOURCE_KEYS =
      Set.of("source", "on-missing", "max-rejected-percent", "feeds");
  private static final Set<String> FEED_KEYS =
      Set.of("copy", "files", "format", "optional", "on-missing", "logical-date", "tables");
  private static final Set<String> COPY_KEYS = Set.of("delta", "jdbc", "table", "incremental");
  private static final Set<String> JDBC_KEYS = Set.of("url", "user", "password-from", "options");
  private static final Set<String> TABLE_KEYS =
      Set.of(
          "columns", "where", "sequence", "deleted", "currency", "delivery", "max-deleted-percent");

  public SourceMapping {
    feeds = List.copyOf(feeds);
  }

  /**
   * Reads a source's configuration.
   *
   * @param file named in messages
   * @throws UserError naming every problem at once
   */
  public static SourceMapping of(Config config, String file) {
    List<String> problems = new ArrayList<>();
    SourceMapping mapping = null;
    try {
      mapping = new Parser(problems).source(config);
    } catch (ConfigException e) {
      problems.add(e.getMessage());
    }
    if (!problems.isEmpty()) {
      throw UserError.usage(
          "%s does not describe a source:%n  - %s%nconf/sources/ has examples, docs/sources.md the"
              + " keys.",
          file, String.join("\n  - ", problems));
    }
    return mapping;
  }

  private record Parser(List<String> problems) {

    SourceMapping source(Config config) {
      onlyKeys("the source", config, SOURCE_KEYS);
      String source = config.getString("source");
      if (!source.matches("[a-z][a-z0-9_]*")) {
        problems.add("source = '" + source + "': choose lower snake case, as in web_shop");
      }
      boolean failOnMissing = failOnMissing(config, true);
      List<Feed> feeds = new ArrayList<>();
      Set<Table> seen = new HashSet<>();
      for (String name : config.getObject("feeds").keySet().stream().sorted().toList()) {
        Feed feed =
            feed(source, name, config.getConfig("feeds").getConfig(quoted(name)), failOnMissing);
        for (TableMapping mapping : feed.tables()) {
          if (!seen.add(mapping.table())) {
            problems.add(mapping.table() + " is filled by two feeds; make them two sources");
          }
        }
        feeds.add(feed);
      }
      double maxRejected = percent(config, "max-rejected-percent", 5);
      return new SourceMapping(source, maxRejected, feeds);
    }

    private boolean failOnMissing(Config config, boolean otherwise) {
      return config.hasPath("on-missing")
          ? choice(config, "on-missing", "fail", "empty").equals("fail")
          : otherwise;
    }

    private Feed feed(String source, String name, Config config, boolean failOnMissing) {
      onlyKeys("feed " + name, config, FEED_KEYS);
      Format format = format(config, name);
      List<TableMapping> tables = new ArrayList<>();
      for (String table : config.getObject("tables").keySet().stream().sorted().toList()) {
        tables.add(
            table(table, config.getConfig("tables").getConfig(quoted(table)), format.values()));
      }
      Optional<Origin> origin =
          config.hasPath("copy") ? Optional.of(origin(config.getConfig("copy"))) : Optional.empty();
      if (origin.isPresent() && config.hasPath("files")) {
        problems.add("feed " + name + " has copy, so it cannot have files");
      }
      boolean partial = origin.flatMap(Origin::incremental).isPresent();
      if (partial && tables.stream().anyMatch(table -> table.delivery() == Delivery.FULL)) {
        problems.add(
            "feed " + name + " copies by increments, so no table of it can have delivery = full");
      }
      String files =
          origin.isPresent()
              ? Feed.copyFolder(source, name, "{date}") + "/*.parquet"
              : config.getString("files");
      if (files.startsWith("/") || files.contains("..")) {
        problems.add("files = '" + files + "' must lie below the landing folder");
      }
      return new Feed(
          source,
          name,
          origin,
          files,
          format,
          config.hasPath("optional")
              ? Set.copyOf(config.getStringList("optional"))
              : Set.<String>of(),
          failOnMissing(config, failOnMissing),
          text(config, "logical-date"),
          tables);
    }

    private Origin origin(Config config) {
      onlyKeys("copy", config, COPY_KEYS);
      Optional<String> incremental = text(config, "incremental");
      if (config.hasPath("delta") == config.hasPath("jdbc")) {
        problems.add("copy names a delta folder or a jdbc database, one of the two");
      }
      if (config.hasPath("delta")) {
        return new Origin.DeltaFolder(config.getString("delta"), incremental);
      }
      onlyKeys("jdbc", config.getConfig("jdbc"), JDBC_KEYS);
      return new Origin.DatabaseTable(
          Database.of(config.getConfig("jdbc")), config.getString("table"), incremental);
    }

    private Format format(Config feed, String name) {
      if (feed.hasPath("copy")) {
        Config format = feed.hasPath("format") ? feed.getConfig("format") : ConfigFactory.empty();
        return new FormatSection("format of feed " + name + ", which has copy,", format, problems)
            .ofCopy();
      }
      return new FormatSection("format", feed.getConfig("format"), problems).ofFiles();
    }

    private TableMapping table(String name, Config config, ValueFormat feedValues) {
      onlyKeys("table " + name, config, TABLE_KEYS);
      Table table = AllTables.named(name);
      Map<String, String> columns = new HashMap<>();
      Map<String, ValueFormat> formats = new HashMap<>();
      ConfigObject given = config.getObject("columns");
      for (String column : given.keySet()) {
        if (!table.columnNames().contains(column)) {
          problems.add(
              "%s has no column '%s'; it has %s"
                  .formatted(table, column, String.join(", ", table.columnNames())));
        }
        if (given.get(column) instanceof ConfigObject written) {
          columns.put(column, written.toConfig().getString("value"));
          FormatSection format =
              new FormatSection("column " + column, written.toConfig(), problems);
          table.columns().stream()
              .filter(known -> known.name().equals(column))
              .forEach(known -> formats.put(column, format.ofColumn(known.type(), feedValues)));
        } else {
          columns.put(column, String.valueOf(given.get(column).unwrapped()));
        }
      }
      for (Field column : table.columns()) {
        boolean derived =
            table.eventDate().filter(date -> date.column().equals(column.name())).isPresent();
        if (column.required() && !derived && !columns.containsKey(column.name())) {
          problems.add(table + " needs column '" + column.name() + "', which is not mapped");
        }
      }
      return new TableMapping(
          table,
          columns,
          formats,
          text(config, "where"),
          text(config, "sequence"),
          text(config, "deleted"),
          text(config, "currency"),
          Delivery.valueOf(choice(config, "delivery", "changes", "full").toUpperCase(Locale.ROOT)),
          percent(config, "max-deleted-percent", 20));
    }

    private void onlyKeys(String where, Config config, Set<String> known) {
      new ConfigSection(where, config, problems).onlyKeys(known);
    }

    private String choice(Config config, String key, String... words) {
      return new ConfigSection(key, config, problems).choice(key, words);
    }

    private double percent(Config config, String key, double otherwise) {
      double value = config.hasPath(key) ? config.getDouble(key) : otherwise;
      if (value < 0 || value > 100) {
        problems.add("%s = %s: choose 0 to 100".formatted(key, value));
      }
      return value;
    }

    private Optional<String> text(Config config, String key) {
      return new ConfigSection(key, config, problems).text(key);
    }

    private static String quoted(String key) {
      return "\"" + key + "\"";
    }
  }
}
