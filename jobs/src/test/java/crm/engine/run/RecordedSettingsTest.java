package crm.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import crm.app.settings.Settings;
import crm.engine.files.StoragePath;
import crm.warehouse.job.Job;
import crm.warehouse.settings.RecordText;
import crm.warehouse.settings.RecordedAs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is recorded of the jobs' settings as they are shipped. A workspace holds hashes and copies
 * of these texts: with others its states are recomputed and its models fitted again. Who renames a
 * record or a component keeps them by {@link RecordedAs}.
 */
class RecordedSettingsTest {
  private static final String TEXTS =
      """
      CustomerPurchases[]
      CustomerPurchaseDays[]
      CustomerRfm[settings=RfmSettings[method=PERCENT_RANK, netOfReturns=true, \
      recencyBreaks=[30, 90, 180, 365], frequencyBreaks=[1, 2, 4, 8], monetaryBreaks=[50, \
      150, 500, 1500]]]
      CustomerLifetimeValue[settings=LifetimeValueSettings[lifespanYears=3, \
      discountRate=0.10, model=BG_NBD, horizonMonths=12, margin=1, holdoutDays=180, \
      minCustomers=100, maxAgeDays=90]]
      CustomerSegments[settings=SegmentationSettings[segments=OptionalInt.empty, least=4, \
      most=12, features=[RECENCY, FREQUENCY, MONETARY, RETURNED_SHARE, INTERACTIONS], \
      winsorize=0.005, restarts=10, bootstraps=20, refitDays=7, minCustomers=100, \
      maxCells=30000, seed=1]]
      CustomerChurn[settings=ChurnSettings[horizonDays=90, activeDays=180, trainingCuts=4, \
      refitDays=7, scoring=ScoringSettings[section=churn, trees=40, treeDepth=5, \
      learningRate=0.2, regularisation=0.001, minRows=200, maxTrainingRows=200000, \
      seed=1]]]
      Customer360[]
      CohortRetention[]
      CustomerInterests[settings=InterestSettings[halfLifeDays=180]]
      ProductAssociationRules[settings=AssociationRuleSettings[windowDays=365, \
      maxBasketItems=100, minSupport=0.001, minBaskets=10, minConfidence=0.1, \
      falseDiscoveryRate=0.05, maxLength=6, maxItemsets=100000, minPairBaskets=5, \
      algorithm=AUTO]]
      CustomerRecommendations[settings=RecommendationSettings[perCustomer=10, \
      repeats=false, products=.*, windowDays=365, methods=[ITEM_ITEM, ALS, \
      OWN_MOST_BOUGHT], holdoutDays=60, minCustomers=100, maxCustomerProducts=1000, \
      neighbours=20, shrinkage=20, als=Als[rank=16, iterations=5, regularization=0.1, \
      confidence=4.0, seed=1]]]
      SalesForecast[settings=SalesForecastSettings[measures=[NET_REVENUE, PIECES], \
      periods=[Periods[frequency=WEEKLY, horizon=12], Periods[frequency=MONTHLY, \
      horizon=6]], origins=6, historyDays=1461, longestClosedDays=4, holidays=[], \
      boostedTrees=false, accuracyDays=365]]
      """;

  @RecordedAs("Before")
  private record After(@RecordedAs("most") int max, List<Part> parts) {}

  private record Part(Optional<String> name) {}

  @Test
  void theyStayThoseThatWorkspacesHold(@TempDir Path home) {
    StoragePath shipped = new StoragePath(System.getProperty("crm.project.dir") + "/conf");
    Settings settings =
        Settings.load(new StoragePath(home.toString()), shipped, Optional.empty(), Map.of());
    List<String> held = TEXTS.lines().toList();
    List<String> now = settings.computations().stream().map(Job::settingsText).toList();
    assertThat(held)
        .filteredOn(text -> !now.contains(text))
        .as("held by workspaces and changed: for a new name see @RecordedAs")
        .isEmpty();
    assertThat(now)
        .filteredOn(text -> !held.contains(text))
        .as("of a new job: add the line to TEXTS")
        .isEmpty();
  }

  @Test
  void whatIsRenamedKeepsTheNameItHad() {
    assertThat(RecordText.write(new After(3, List.of(new Part(Optional.of("a"))))))
        .isEqualTo("Before[most=3, parts=[Part[name=Optional[a]]]]");
  }
}
