package crm.bench;

import java.util.Optional;

/**
 * What a step cost us and the peer.
 *
 * @param absence why nothing is known of the peer; empty if something is
 */
record ModelCosts(Measured ours, Optional<Measured> peer, String absence) {

  static ModelCosts of(Measured ours, Measured peer) {
    return new ModelCosts(ours, Optional.of(peer), "");
  }

  static ModelCosts without(Measured ours, String absence) {
    return new ModelCosts(ours, Optional.empty(), absence);
  }

  /** Our work by that of the peer. */
  Optional<Double> ratio() {
    return peer.map(theirs -> ours.workCpuSeconds() / theirs.workCpuSeconds());
  }
}
