package crm.warehouse.job;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A job whose rows are made with a model. By {@link #model} it says whether the {@link #last} one
 * is still good, or else fits one, and whether that is refused; the frame writes the model's run,
 * its artefact and its rows, or only its refusal.
 */
public interface ModelJob extends Job {
  /** The model of a date. */
  FittedModel model(Inputs in, LocalDate logicalDate);

  /**
   * The last accepted model of an earlier date.
   *
   * @param type of what is saved of it
   * @throws IllegalStateException if what was saved is another
   */
  default <M extends Record> Optional<M> last(Inputs in, Class<M> type) {
    return in.previous(writes().get(0))
        .flatMap(Inputs.Previous::artefact)
        .map(saved -> Artefact.read(saved, type));
  }

  @Override
  default Outputs run(Inputs in, LocalDate logicalDate) {
    return model(in, logicalDate).outputs(name(), logicalDate);
  }
}
