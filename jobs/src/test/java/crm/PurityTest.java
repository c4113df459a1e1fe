package crm;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** A job is a function of its inputs and its date, and no customer's row comes to the driver. */
class PurityTest {
  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("crm");

  private static final String[] JOBS = {"crm.jobs..", "crm.models..", "crm.ingest.."};

  @Test
  void jobsReadNoClock() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(JOBS)
            .should()
            .callMethodWhere(
                target(nameMatching("now|currentTimeMillis|nanoTime|getenv"))
                    .or(
                        target(owner(JavaClass.Predicates.equivalentTo(functions.class)))
                            .and(
                                target(
                                    nameMatching(
                                        "current_.*|now|localtimestamp|unix_timestamp|rand|randn|uuid|spark_partition_id|input_file_name|udf"))))));
  }

  @Test
  void jobsDoNotNumberRowsByWhereTheyHappenToBe() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(JOBS)
            .should()
            .callMethodWhere(target(name("monotonically_increasing_id"))));
  }

  /** Effects write copies for others, and no Delta table. */
  @Test
  void onlyTheWarehouseAndEffectsWrite() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("crm.store..", "crm.effects..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(DataFrameWriter.class));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("crm.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.delta.tables.."));
  }

  @Test
  void jobsDoNotKnowWhoRunsThem() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage("crm.jobs..", "crm.models..", "crm.ingest..", "crm.warehouse..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("crm.run..", "crm.store..", "crm.cli.."));
  }

  /** Those that do bring counts, cells, paths and products, never customers: see there. */
  @Test
  void jobsCollectNothing() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(JOBS)
            .and()
            .haveNameNotMatching(
                "crm.models.customer.ExactCuts|crm.models.lifetime.CountedRows"
                    + "|crm.models.scoring.(features.CountFeatures|CountScores)"
                    + "|crm.models.segments.(FeatureCells|SegmentProfiles)"
                    + "|crm.models.marketing.rules.(Baskets|MinedRules)"
                    + "|crm.models.marketing.itemsets.(CountedItemsets.*|Catalogue)"
                    + "|crm.models.marketing.recommendations.Comparison"
                    + "|crm.models.marketing.recommenders.(Histories|Neighbours|ProductFactors)"
                    + "|crm.models.sales.forecast.(BoostedTrees|DailySales)"
                    + "|crm.ingest.ColumnarParts")
            .should()
            .callMethodWhere(
                target(owner(JavaClass.Predicates.assignableTo(Dataset.class)))
                    .and(target(nameMatching("collect.*|toLocalIterator|count|show|foreach.*")))));
  }

  @Test
  void onlyTheRunnerKnowsTheTimeOfDay() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("crm.run..")
            .should()
            .callMethodWhere(target(name("now"))));
  }

  private static void check(ArchRule rule) {
    rule.check(OURS);
  }
}
