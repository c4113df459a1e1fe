package crm;

import static org.assertj.core.api.Assertions.assertThat;

import crm.run.JobCatalog;
import crm.run.JobGraph;
import crm.run.Settings;
import crm.store.Place;
import crm.warehouse.Table;
import crm.warehouse.render.DataDictionary;
import crm.warehouse.render.Ddl;
import crm.warehouse.render.Lineage;
import crm.warehouse.tables.AllTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The generated documents equal the code. Write them anew with {@code mvn test
 * -Dcrm.write-documents -Dtest=DocumentsTest}.
 */
class DocumentsTest {
  private static final Path PROJECT = Path.of(System.getProperty("crm.project.dir"));
  private static final Path SCHEMA = PROJECT.resolve("warehouse-schema");

  @Test
  void areUpToDate() throws IOException {
    Map<Path, String> documents = documents();
    if (System.getProperty("crm.write-documents") != null) {
      for (Map.Entry<Path, String> document : documents.entrySet()) {
        Files.createDirectories(document.getKey().getParent());
        Files.writeString(document.getKey(), document.getValue());
      }
    }
    for (Map.Entry<Path, String> document : documents.entrySet()) {
      assertThat(document.getKey()).hasContent(document.getValue());
    }
    TreeSet<Path> present = new TreeSet<>();
    for (String folder : new String[] {"ddl", "docs"}) {
      try (Stream<Path> files = Files.list(SCHEMA.resolve(folder))) {
        files.forEach(present::add);
      }
    }
    assertThat(present).as("no document without its source").isEqualTo(documents.keySet());
  }

  /**
   * What people search the page for is what the program prints; some of it is Java's and Linux's.
   */
  @Test
  void theTroubleshootingPageQuotesWhatIsPrinted() throws IOException {
    StringBuilder printed = new StringBuilder(Files.readString(PROJECT.resolve("crm")));
    for (String module : List.of("warehouse-schema", "ingest", "models", "jobs")) {
      try (Stream<Path> files = Files.walk(PROJECT.resolve(module).resolve("src/main/java"))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
          printed.append(Files.readString(file).replaceAll("\"\\s*\\+ \"", ""));
        }
      }
    }
    List<String> quoted =
        Files.readAllLines(PROJECT.resolve("docs/troubleshooting.md")).stream()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .filter(line -> !line.matches("Common reasons.*|OutOfMemoryError|No space left.*"))
            .toList();
    assertThat(quoted).hasSizeGreaterThan(15);
    assertThat(quoted).allSatisfy(words -> assertThat(printed.toString()).contains(words));
  }

  private static Map<Path, String> documents() {
    Map<Path, String> documents = new TreeMap<>();
    for (Table table : AllTables.ALL) {
      documents.put(SCHEMA.resolve("ddl/" + table.qualifiedName() + ".sql"), Ddl.of(table));
    }
    documents.put(SCHEMA.resolve("docs/tables.md"), DataDictionary.markdown(AllTables.ALL));
    Settings sample =
        Settings.load(
            new Place("."),
            new Place(PROJECT.resolve("conf").toString()),
            Optional.empty(),
            Map.of("sources", "[sample_shop, sample_profiles, sample_erp]"));
    documents.put(
        SCHEMA.resolve("docs/lineage.md"),
        Lineage.markdown(new JobGraph(JobCatalog.all(sample)).ordered()));
    return documents;
  }
}
