package crm.models.customer.segments;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a segment is called, by how its profile differs from that of all customers: by recency and
 * by worth, which is the mean of frequency and value. Segments that would be called the same are
 * told apart by what they differ in most.
 */
final class SegmentNames {
  private static final double MUCH = 0.5;

  /** Rows: bought lately, in between, long ago. Columns: worth little, as most, much. */
  private static final String[][] NAMES = {
    {"New or small buyers", "Active regulars", "Champions"},
    {"Occasional buyers", "Steady customers", "Loyal, cooling off"},
    {"One-off buyers, long gone", "Lapsed regulars", "Valuable, slipped away"}
  };

  private SegmentNames() {}

  /**
   * Unique names.
   *
   * @param profiles per segment how many standard deviations its features are from the mean
   */
  static Map<Integer, String> proposed(Map<Integer, Map<Feature, Double>> profiles) {
    Map<Integer, String> names = new TreeMap<>();
    Map<String, List<Integer>> sameName =
        profiles.keySet().stream()
            .sorted()
            .collect(groupingBy(id -> byRule(profiles.get(id)), TreeMap::new, toList()));
    sameName.forEach(
        (name, ids) ->
            ids.forEach(
                id ->
                    names.put(
                        id,
                        ids.size() == 1
                            ? name
                            : name + ", " + difference(profiles.get(id), ids, profiles))));
    return unique(names, new HashSet<>());
  }

  /**
   * The names that segments get: a name changes only to what the profile says for the second time
   * running, and who keeps a name has it before who takes one.
   *
   * @param proposed by id; none for a segment without customers
   */
  static List<Segment> named(List<Segment> segments, Map<Integer, String> proposed) {
    Map<Integer, String> kept = new TreeMap<>();
    Map<Integer, String> wanted = new TreeMap<>();
    for (Segment segment : segments) {
      String says = proposed.getOrDefault(segment.id(), segment.proposedName());
      boolean changes =
          !segment.isNamed()
              || (says.equals(segment.proposedName()) && !says.equals(segment.name()));
      (changes ? wanted : kept).put(segment.id(), changes ? says : segment.name());
    }
    Map<Integer, String> names = new TreeMap<>(kept);
    names.putAll(unique(wanted, new HashSet<>(kept.values())));
    return segments.stream()
        .map(
            segment ->
                segment.named(
                    names.get(segment.id()),
                    proposed.getOrDefault(segment.id(), segment.proposedName())))
        .toList();
  }

  /** From the greatest down: bought lately, often and for much. */
  static double rank(Map<Feature, Double> profile) {
    return worth(profile) - profile.getOrDefault(Feature.RECENCY, 0.0);
  }

  private static String byRule(Map<Feature, Double> profile) {
    return NAMES[level(profile.getOrDefault(Feature.RECENCY, 0.0))][level(worth(profile))];
  }

  private static double worth(Map<Feature, Double> profile) {
    return profile.entrySet().stream()
        .filter(entry -> entry.getKey() == Feature.FREQUENCY || entry.getKey() == Feature.MONETARY)
        .mapToDouble(Map.Entry::getValue)
        .average()
        .orElse(0);
  }

  private static int level(double deviations) {
    return deviations < -MUCH ? 0 : deviations <= MUCH ? 1 : 2;
  }

  /** Describes how a segment differs from those of the same name. */
  private static String difference(
      Map<Feature, Double> profile,
      List<Integer> sameName,
      Map<Integer, Map<Feature, Double>> profiles) {
    Map<Feature, Double> differences = new TreeMap<>();
    profile.forEach(
        (feature, value) ->
            differences.put(
                feature,
                value
                    - sameName.stream()
                        .mapToDouble(id -> profiles.get(id).get(feature))
                        .average()
                        .orElseThrow()));
    return differences.entrySet().stream()
        .max(Comparator.comparingDouble(entry -> Math.abs(entry.getValue())))
        .map(entry -> entry.getKey().compared(entry.getValue()))
        .orElse("others");
  }

  /** The names, each that is taken with a number behind it. */
  private static Map<Integer, String> unique(Map<Integer, String> names, Set<String> taken) {
    Map<Integer, String> unique = new TreeMap<>();
    names.forEach(
        (id, name) -> {
          List<String> tried = new ArrayList<>(List.of(name));
          while (!taken.add(tried.get(tried.size() - 1))) {
            tried.add(name + " " + (tried.size() + 1));
          }
          unique.put(id, tried.get(tried.size() - 1));
        });
    return unique;
  }
}
