package crm;

import static org.assertj.core.api.Assertions.assertThat;

import crm.app.settings.JobCatalog;
import crm.app.settings.Settings;
import crm.engine.files.StoragePath;
import crm.engine.run.JobGraph;
import crm.warehouse.Layer;
import crm.warehouse.Table;
import crm.warehouse.job.Job;
import crm.warehouse.render.DataDictionary;
import crm.warehouse.render.Ddl;
import crm.warehouse.render.Lineage;
import crm.warehouse.tables.AllTables;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The generated documents equal the code, and every table and job is in the list it has to join.
 * Write the documents with {@code mvn test -Dcrm.write-documents
 * -Dtest=DocumentsTest,AirflowDagTest}.
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
      assertThat(document.getKey())
          .as("run DocumentsTest with -Dcrm.write-documents, as CONTRIBUTING.md says")
          .hasContent(document.getValue());
    }
    TreeSet<Path> present = new TreeSet<>();
    for (String folder : new String[] {"ddl", "docs"}) {
      try (Stream<Path> files = Files.list(SCHEMA.resolve(folder))) {
        files.forEach(present::add);
      }
    }
    assertThat(present).as("no document without its source").isEqualTo(documents.keySet());
  }

  /** In seconds, by name; else the tests of every table and job would not know of it either. */
  @Test
  void everyTableAndJobIsInItsList() throws IOException, ReflectiveOperationException {
    List<Job> jobs = JobCatalog.all(sampleSettings());
    List<String> missing = new ArrayList<>();
    for (Class<?> holder : classes("warehouse-schema", "crm/warehouse/tables")) {
      for (Field field : holder.getFields()) {
        if (field.getType() == Table.class) {
          Table table = (Table) field.get(null);
          if (AllTables.ALL.stream().noneMatch(known -> isSame(known, table))) {
            missing.add(
                "%s.%s is in no list: add it to %1$s.ALL, and that to AllTables.ALL"
                    .formatted(holder.getSimpleName(), field.getName()));
          }
        }
      }
    }
    List<Class<?>> classes = new ArrayList<>(classes("models", "crm/models"));
    classes.addAll(classes("jobs", "crm/jobs"));
    for (Class<?> job : classes) {
      if (Job.class.isAssignableFrom(job)
          && !Modifier.isAbstract(job.getModifiers())
          && jobs.stream().noneMatch(job::isInstance)) {
        missing.add(
            job.getSimpleName()
                + " is in no list: add it to CustomerJobs, SalesJobs or MarketingJobs");
      }
    }
    for (Table table : AllTables.ALL) {
      if (table.layer() == Layer.CURATED
          && jobs.stream().noneMatch(job -> job.writes().contains(table))) {
        missing.add(table + " is filled by no job of JobCatalog: add one that writes() it");
      }
    }
    assertThat(missing).isEmpty();
    assertThat(AllTables.ALL).as("tables of one name").doesNotHaveDuplicates();
  }

  /** Tables are equal by their names, and two of one name are not the same. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean isSame(Table one, Table other) {
    return one == other;
  }

  private static List<Class<?>> classes(String module, String below)
      throws IOException, ClassNotFoundException {
    Path sources = PROJECT.resolve(module).resolve("src/main/java");
    List<Class<?>> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(sources.resolve(below))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        String name = sources.relativize(file).toString().replaceAll("\\.java$", "");
        if (!name.endsWith("package-info")) {
          classes.add(Class.forName(name.replace('/', '.'), false, Table.class.getClassLoader()));
        }
      }
    }
    return classes;
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
      documents.put(
          SCHEMA.resolve("ddl/" + table.qualifiedName() + ".sql"), Ddl.createTable(table));
    }
    documents.put(SCHEMA.resolve("docs/tables.md"), DataDictionary.markdown(AllTables.ALL));
    documents.put(
        SCHEMA.resolve("docs/lineage.md"),
        Lineage.markdown(new JobGraph(JobCatalog.all(sampleSettings())).ordered()));
    return documents;
  }

  private static Settings sampleSettings() {
    return Settings.load(
        new StoragePath("."),
        new StoragePath(PROJECT.resolve("conf").toString()),
        Optional.empty(),
        Map.of("sources", "[sample_shop, sample_profiles, sample_erp]"));
  }
}
