package crm;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import crm.warehouse.job.CollectsAggregates;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

/** A job is a function of its inputs and its date, and no customer's row comes to the driver. */
class PurityTest {
  private static final JavaClasses OURS = ProductClasses.read();

  private static final String[] JOBS = {
    "crm.jobs..", "crm.models..", "crm.learning..", "crm.ingest.."
  };

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
            .resideOutsideOfPackages("crm.engine.store..", "crm.publish..", "crm.export..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(DataFrameWriter.class));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("crm.engine.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.delta.tables.."));
  }

  @Test
  void jobsCollectNoRowsButAggregates() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(JOBS)
            .and(
                describe(
                    "are not annotated with @CollectsAggregates, nor in a class that is",
                    type ->
                        Stream.iterate(
                                Optional.of(type),
                                Optional::isPresent,
                                inner -> inner.get().getEnclosingClass())
                            .noneMatch(
                                outer -> outer.get().isAnnotatedWith(CollectsAggregates.class))))
            .should()
            .callMethodWhere(
                target(owner(JavaClass.Predicates.assignableTo(Dataset.class)))
                    .and(target(nameMatching("collect.*|toLocalIterator|count|show|foreach.*")))));
  }

  @Test
  void onlyTheEngineKnowsTheTimeOfDay() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("crm.engine..")
            .should()
            .callMethodWhere(target(name("now"))));
  }

  private static void check(ArchRule rule) {
    rule.check(OURS);
  }
}
