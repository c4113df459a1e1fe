package crm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may know whom: techniques know no table, the engine no domain, and domains not each other.
 */
class ArchitectureTest {
  private static final int MAX_TYPES = 15;

  private static final JavaClasses OURS = ProductClasses.read();

  private static final DescribedPredicate<JavaClass> SHARED =
      JavaClass.Predicates.resideInAnyPackage("crm.report.figures..", "crm.report.page..");

  @Test
  void techniquesKnowNoTable() {
    noClasses()
        .that()
        .resideInAPackage("crm.learning..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("crm.warehouse.tables..", "crm.models..", "crm.jobs..", "crm.ingest..")
        .check(OURS);
  }

  @Test
  void theEngineKnowsNoDomain() {
    classes()
        .that()
        .resideInAPackage("crm.engine..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages(
            "crm.app..",
            "crm.export..",
            "crm.jobs..",
            "crm.learning..",
            "crm.models..",
            "crm.publish..",
            "crm.report..",
            "crm.simulation..",
            "crm.warehouse.tables.customer..",
            "crm.warehouse.tables.marketing..",
            "crm.warehouse.tables.sales..")
        .check(OURS);
  }

  @Test
  void jobsDoNotKnowWhoRunsThem() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "crm.jobs..", "crm.models..", "crm.learning..", "crm.ingest..", "crm.warehouse..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("crm.engine..", "crm.app..")
        .check(OURS);
  }

  /** Figures read rows; sections draw the records that come of them. */
  @Test
  void sectionsOfTheReportKnowNoSpark() {
    noClasses()
        .that()
        .resideInAPackage("crm.report..")
        .and()
        .resideOutsideOfPackage("crm.report.figures")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(OURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"crm.models.(*)..", "crm.jobs.(*)..", "crm.report.(*).."})
  void domainsMeetInTablesOnly(String domains) {
    slices()
        .matching(domains)
        .should()
        .notDependOnEachOther()
        // What every section of the report is made of.
        .ignoreDependency(JavaClass.Predicates.resideInAPackage("crm.report.."), SHARED)
        .check(OURS);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("crm.(**)").should().beFreeOfCycles().check(OURS);
  }

  @Test
  void aPackageIsReadInOneSitting() {
    Map<String, Long> types =
        OURS.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .filter(type -> !type.getPackageName().equals("crm.app.cli"))
            .filter(type -> !type.getPackageName().startsWith("crm.report.templates"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    types.values().removeIf(count -> count <= MAX_TYPES);
    assertThat(types).as("packages of more than %d types", MAX_TYPES).isEmpty();
  }
}
