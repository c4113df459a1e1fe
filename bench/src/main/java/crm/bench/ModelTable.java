package crm.bench;

import crm.bench.generated.GeneratedData;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What a step cost at growing sizes, as people read it. */
record ModelTable(ModelStep step, Map<Double, ModelCosts> sizes) {

  void print() {
    System.out.printf(
        "%n%s (%s)%n| %s | ours: start + work CPU-s, wall s, peak MB | %s: the same | work,"
            + " ours / peer |%n|---|---|---|---|%n",
        step, step.meaning(), step.data().unit(), step.peer());
    sizes.forEach(ModelTable::print);
    growth("ours", costs -> Optional.of(costs.ours()));
    growth("peer", ModelCosts::peer);
  }

  private static void print(double size, ModelCosts costs) {
    System.out.printf(
        "| %s | %s | %s | %s |%n    ours: %s%n",
        GeneratedData.label(size),
        costs.ours().cells(),
        costs.peer().map(Measured::cells).orElse(costs.absence()),
        costs.ratio().map(ratio -> String.format(Locale.ROOT, "%.3f", ratio)).orElse(""),
        costs.ours().check());
    costs.peer().ifPresent(peer -> System.out.println("    peer: " + peer.check()));
  }

  private void growth(String side, Function<ModelCosts, Optional<Measured>> of) {
    Map<Double, Double> work = new TreeMap<>();
    sizes.forEach(
        (size, costs) -> of.apply(costs).ifPresent(m -> work.put(size, m.workCpuSeconds())));
    if (work.size() > 1) {
      System.out.printf(
          Locale.ROOT, "%s grows with size to the power of %.2f.%n", side, Growth.exponent(work));
    }
  }
}
