package crm.models.customer.segments;

import static crm.warehouse.tables.customer.CustomerTables.CUSTOMERS;
import static crm.warehouse.tables.customer.CustomerTables.CUSTOMER_PURCHASES;
import static crm.warehouse.tables.customer.CustomerTables.INTERACTIONS;
import static crm.warehouse.tables.customer.SegmentTables.CUSTOMER_SEGMENTS;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_MOVEMENTS;
import static crm.warehouse.tables.customer.SegmentTables.SEGMENT_PROFILES;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import crm.warehouse.Table;
import crm.warehouse.job.FittedModel;
import crm.warehouse.job.Inputs;
import crm.warehouse.job.ModelJob;
import crm.warehouse.job.ModelRun.Drift;
import crm.warehouse.job.ModelRun.Grade;
import crm.warehouse.job.Outputs;
import crm.warehouse.settings.RecordText;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
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
public record CustomerSegments(SegmentationSettings settings) implements ModelJob {
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
  public FittedModel model(Inputs in, LocalDate logicalDate) {
    Optional<SegmentModel> last = last(in, SegmentModel.class);
    Dataset<Row> customers = in.cached(CustomerFeatures.read(in, logicalDate));
    List<Drift> drift =
        last.filter(model -> !model.isOneSegment())
            .map(model -> FeatureDrift.measure(customers, model))
            .orElse(List.of());
    Optional<SegmentModel> kept = last.filter(model -> isStillGood(model, drift, logicalDate));
    if (kept.isPresent()) {
      return published(in, customers, kept.get(), last).drift(drift);
    }
    SegmentFit fit =
        SegmentFit.of(customers.sparkSession(), FeatureCells.of(customers, settings), settings);
    SegmentModel model =
        last.map(before -> before.refitted(fit, settings, logicalDate))
            .orElseGet(() -> SegmentModel.first(fit, settings, logicalDate));
    Optional<String> refusal = settings.segments().isPresent() ? Optional.empty() : fit.refusal();
    return (refusal.isPresent() ? fittedModel(model) : published(in, customers, model, last))
        .metrics(fit.metrics())
        .drift(drift)
        .refusal(refusal);
  }

  private boolean isStillGood(SegmentModel model, List<Drift> drift, LocalDate logicalDate) {
    return !model.isOneSegment()
        && model.settings().equals(RecordText.write(settings))
        && logicalDate.isBefore(LocalDate.parse(model.fittedOn()).plusDays(settings.refitDays()))
        && drift.stream().allMatch(feature -> feature.psi() <= OTHER_POPULATION);
  }

  private FittedModel published(
      Inputs in, Dataset<Row> customers, SegmentModel model, Optional<SegmentModel> last) {
    Dataset<Row> assigned = in.cached(model.assigned(customers));
    SegmentProfiles profiles =
        new SegmentProfiles(in.cached(SegmentProfiles.totals(assigned)), model.scales());
    SegmentModel named = model.named(SegmentNames.proposed(profiles.deviations()));
    SegmentMovements movements =
        new SegmentMovements(
            in.previous(CUSTOMER_SEGMENTS),
            last.map(SegmentModel::ids).orElse(Set.of()),
            named.ids());
    Dataset<Row> withNames = assigned.withColumn("segment_name", ofSegment(named, Segment::name));
    return fittedModel(named)
        .pipeline(named.isOneSegment() ? Optional.empty() : Optional.of(SegmentPipeline.of(named)))
        .rows(
            run ->
                Outputs.of(
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
                            ofSegment(named, Segment::name),
                            ofSegment(named, Segment::proposedName),
                            run.id()))
                    .and(SEGMENT_MOVEMENTS, movements.rows(withNames, run.id())));
  }

  private FittedModel fittedModel(SegmentModel model) {
    return new FittedModel(
            model,
            model.isOneSegment() ? "one segment" : "k-means",
            LocalDate.parse(model.fittedOn()),
            Grade.valueOf(model.grade()))
        .seed(settings.seed())
        .parameters(model.parameters());
  }

  private static Column ofSegment(SegmentModel model, Function<Segment, String> text) {
    Column found = lit(null).cast("string");
    for (Segment segment : model.segments()) {
      found =
          when(col("segment_id").equalTo(lit(segment.id())), text.apply(segment)).otherwise(found);
    }
    return found;
  }
}
