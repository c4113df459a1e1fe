package crm.models.segments;

import static crm.warehouse.tables.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.SegmentTables.CUSTOMER_SEGMENTS;
import static crm.warehouse.tables.SegmentTables.SEGMENT_MOVEMENTS;
import static crm.warehouse.tables.SegmentTables.SEGMENT_PROFILES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.models.learning.Artefact;
import crm.warehouse.Inputs;
import crm.warehouse.Inputs.Previous;
import crm.warehouse.Job;
import crm.warehouse.ModelRun;
import crm.warehouse.ModelRun.Drift;
import crm.warehouse.ModelRun.Grade;
import crm.warehouse.ModelRun.Metric;
import crm.warehouse.Outputs;
import crm.warehouse.RecordText;
import crm.warehouse.Table;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Puts every customer with an order into a segment of alike customers. Segments are fitted every
 * some days, or when the customers are no longer those they were fitted to; in between customers
 * move among them.
 */
public record CustomerSegments(SegmentationSettings settings) implements Job {
  /** Above this population stability index a feature is taken to be of another population. */
  private static final double OTHER_POPULATION = 0.25;

  @Override
  public String name() {
    return "customer_segments";
  }

  @Override
  public List<Table> reads() {
    return List.of(CUSTOMERS, CUSTOMER_PURCHASES, INTERACTIONS, CUSTOMER_SEGMENTS);
  }

  @Override
  public List<Table> writes() {
    return List.of(CUSTOMER_SEGMENTS, SEGMENT_PROFILES, SEGMENT_MOVEMENTS);
  }

  @Override
  public Outputs run(Inputs in, LocalDate logicalDate) {
    Dataset<Row> customers = in.once(CustomerFeatures.of(in, logicalDate));
    Optional<Previous> previous = in.previous(CUSTOMER_SEGMENTS);
    Optional<SegmentModel> earlier =
        previous.flatMap(Previous::artefact).map(saved -> Artefact.read(saved, SegmentModel.class));
    List<Drift> drift =
        earlier
            .filter(model -> !model.isOneSegment())
            .map(model -> FeatureDrift.of(customers, model))
            .orElse(List.of());
    Optional<SegmentModel> kept = earlier.filter(model -> isStillGood(model, drift, logicalDate));
    if (kept.isPresent()) {
      return outputs(in, customers, kept.get(), List.of(), previous, earlier, drift, logicalDate);
    }
    SegmentFit fit = SegmentFit.of(FeatureCells.of(customers, settings), settings);
    SegmentModel model =
        earlier
            .map(before -> before.refitted(fit, settings, logicalDate))
            .orElseGet(() -> SegmentModel.first(fit, settings, logicalDate));
    Optional<String> refusal = settings.segments().isPresent() ? Optional.empty() : fit.refusal();
    if (refusal.isPresent()) {
      return Outputs.refused(made(model, fit.metrics(), drift, refusal, logicalDate));
    }
    return outputs(in, customers, model, fit.metrics(), previous, earlier, drift, logicalDate);
  }

  private boolean isStillGood(SegmentModel model, List<Drift> drift, LocalDate logicalDate) {
    return !model.isOneSegment()
        && model.settings().equals(RecordText.of(settings))
        && logicalDate.isBefore(LocalDate.parse(model.fittedOn()).plusDays(settings.refitDays()))
        && drift.stream().allMatch(feature -> feature.psi() <= OTHER_POPULATION);
  }

  private Outputs outputs(
      Inputs in,
      Dataset<Row> customers,
      SegmentModel model,
      List<Metric> metrics,
      Optional<Previous> previous,
      Optional<SegmentModel> earlier,
      List<Drift> drift,
      LocalDate logicalDate) {
    Dataset<Row> assigned = in.once(model.assigned(customers));
    SegmentProfiles profiles =
        new SegmentProfiles(in.once(SegmentProfiles.totals(assigned)), model.scales());
    Map<Integer, String> proposed = SegmentNames.proposed(profiles.deviations());
    SegmentModel named = model.named(proposed);
    ModelRun run = made(named, metrics, drift, Optional.empty(), logicalDate);
    Dataset<Row> withNames = assigned.withColumn("segment_name", ofSegment(named, Segment::name));
    return Outputs.of(
            CUSTOMER_SEGMENTS,
            withNames.select(
                col("source"),
                col("customer_id"),
                col("segment_id"),
                col("segment_name"),
                col("distance"),
                lit(run.id()).as("model_run_id")))
        .and(
            SEGMENT_PROFILES,
            profiles.rows(
                ofSegment(named, Segment::name), ofSegment(named, Segment::proposedName), run.id()))
        .and(
            SEGMENT_MOVEMENTS,
            new SegmentMovements(
                    previous, earlier.map(SegmentModel::ids).orElse(Set.of()), named.ids())
                .rows(withNames, run.id()))
        .by(run);
  }

  private static Column ofSegment(SegmentModel model, Function<Segment, String> text) {
    Column found = lit(null).cast("string");
    for (Segment segment : model.segments()) {
      found =
          when(col("segment_id").equalTo(lit(segment.id())), text.apply(segment)).otherwise(found);
    }
    return found;
  }

  private ModelRun made(
      SegmentModel model,
      List<Metric> metrics,
      List<Drift> drift,
      Optional<String> refusal,
      LocalDate logicalDate) {
    return new ModelRun(
        name(),
        logicalDate,
        model.isOneSegment() ? "one segment" : "k-means",
        LocalDate.parse(model.fittedOn()),
        OptionalLong.of(settings.seed()),
        model.parameters(),
        metrics,
        drift,
        Grade.valueOf(model.grade()),
        refusal,
        Artefact.of(model));
  }
}
