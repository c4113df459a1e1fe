package crm.warehouse.render;

import static java.util.stream.Collectors.joining;

import crm.warehouse.Field;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import java.util.List;
import java.util.Locale;

/**
 * SQL that makes stored tables known to an engine, by layer and name, and with every snapshot the
 * view of its newest date ({@link LatestView}). The engine then reads each table's newest version,
 * where our own commands read the published run.
 */
public enum Registration {
  SPARK {
    @Override
    String statement(Table table, String path) {
      return "CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s';%n".formatted(table, path);
    }
  },
  /** Needs {@code delta.register-table-procedure.enabled=true} in the catalog's properties. */
  TRINO {
    @Override
    String schema(Layer layer) {
      return "CREATE SCHEMA IF NOT EXISTS %s%s;%n".formatted(catalog(), layer);
    }

    @Override
    String catalog() {
      return "delta.";
    }

    @Override
    String statement(Table table, String path) {
      return ("CALL delta.system.register_table(schema_name => '%s', table_name => '%s',"
              + " table_location => '%s');%n")
          .formatted(table.layer(), table.name(), address(path));
    }
  },
  DUCKDB {
    @Override
    String preparation() {
      return "INSTALL delta;\nLOAD delta;\n";
    }

    @Override
    String statement(Table table, String path) {
      return "CREATE OR REPLACE VIEW %s AS SELECT * FROM delta_scan('%s');%n"
          .formatted(table, address(path).replaceFirst("^s3a:", "s3:"));
    }
  },
  /** A view over the folder; a server opens local ones below its {@code user_files_path} only. */
  CLICKHOUSE {
    @Override
    String schema(Layer layer) {
      return super.schema(layer).replace("SCHEMA", "DATABASE");
    }

    @Override
    String statement(Table table, String path) {
      String reader = path.contains("://") ? "deltaLake" : "deltaLakeLocal";
      return "CREATE OR REPLACE VIEW %s AS SELECT * FROM %s('%s');%n"
          .formatted(table, reader, path.replaceFirst("^s3a:", "s3:"));
    }
  };

  /**
   * The statements for some tables.
   *
   * @param warehouse the folder that holds the layers
   */
  public String statements(List<Table> tables, String warehouse) {
    return preparation()
        + tables.stream().map(Table::layer).distinct().map(this::schema).collect(joining())
        + tables.stream()
            .map(
                table ->
                    statement(table, quoted(warehouse + "/" + table.layer() + "/" + table.name()))
                        + latest(table))
            .collect(joining());
  }

  private String latest(Table table) {
    return table
        .latestName()
        .map(
            view ->
                "CREATE OR REPLACE VIEW %s%s.%s AS %s;%n"
                    .formatted(
                        catalog(),
                        table.layer(),
                        view,
                        LatestView.query(
                            table.layout().columns().stream().map(Field::name).toList(),
                            this == SPARK || this == CLICKHOUSE ? "`" : "\"",
                            catalog() + table.qualifiedName())))
        .orElse("");
  }

  String schema(Layer layer) {
    return "CREATE SCHEMA IF NOT EXISTS %s;%n".formatted(layer);
  }

  abstract String statement(Table table, String path);

  /** Returns the prefix of a schema's name. */
  String catalog() {
    return "";
  }

  String preparation() {
    return "";
  }

  /** A path as an address, which Trino demands. */
  static String address(String path) {
    return path.contains("://") ? path : "file://" + path;
  }

  /** As people write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private String quoted(String path) {
    return path.replace("'", this == SPARK ? "\\'" : "''");
  }
}
