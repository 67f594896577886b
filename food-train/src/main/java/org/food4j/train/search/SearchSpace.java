package org.food4j.train.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a sweep varies, and what it sets for all trials: keys with one value are the same for all.
 * The key {@value #SEED} stands apart: whatever else is tried is tried with each of its values.
 *
 * @param dimensions one per key
 */
public record SearchSpace(List<Dimension> dimensions) {
  /** The key whose values repeat a trial rather than make another one. */
  public static final String SEED = "seed";

  /** After so many draws that all were drawn before, there is hardly another one. */
  private static final int PATIENCE = 1000;

  /**
   * Copies the dimensions.
   *
   * @throws IllegalArgumentException if two have one key, or seeds are a range
   */
  public SearchSpace {
    dimensions = List.copyOf(dimensions);
    Set<String> keys = new LinkedHashSet<>();
    for (Dimension dimension : dimensions) {
      if (!keys.add(dimension.key())) {
        throw new IllegalArgumentException(
            "%s is set twice: a sweep takes all its values in one setting, %s=v1,v2"
                .formatted(dimension.key(), dimension.key()));
      }
      if (dimension.key().equals(SEED) && dimension instanceof Dimension.Range) {
        throw new IllegalArgumentException(
            "Seeds repeat every trial and are not drawn: list them, seed=1,2,3");
      }
    }
  }

  /**
   * The space of some settings.
   *
   * @param settings as {@link Dimension} describes
   * @throws IllegalArgumentException if one is not well formed, or a key is set twice
   */
  public static SearchSpace parse(Collection<String> settings) {
    return new SearchSpace(settings.stream().map(Dimension::parse).toList());
  }

  /** The keys that have several values, but for the seed. */
  public List<String> keys() {
    return varied().map(Dimension::key).toList();
  }

  /** Values of the seed; empty if it has none or one. */
  public List<String> seeds() {
    return seedChoices().map(Dimension.Choices::values).filter(s -> s.size() > 1).orElse(List.of());
  }

  /** {@code key=value} of the keys that have one value. */
  public List<String> fixed() {
    List<String> settings = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      if (isFixed(dimension)) {
        settings.add(dimension.key() + "=" + ((Dimension.Choices) dimension).values().get(0));
      }
    }
    return settings;
  }

  /**
   * Every combination of the values of {@link #keys}; the last key's change fastest.
   *
   * @throws IllegalArgumentException if a key has a range
   */
  public List<Map<String, String>> grid() {
    List<Map<String, String>> combinations = new ArrayList<>();
    combinations.add(Map.of());
    for (Dimension dimension : varied().toList()) {
      if (!(dimension instanceof Dimension.Choices choices)) {
        throw new IllegalArgumentException(
            "A grid takes every value, which the range of %s has no end of: list values, or draw from it with --strategy random"
                .formatted(dimension.key()));
      }
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> each : combinations) {
        for (String value : choices.values()) {
          Map<String, String> more = new LinkedHashMap<>(each);
          more.put(choices.key(), value);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  /**
   * Combinations drawn at random, each once (Bergstra and Bengio 2012, "Random search for
   * hyper-parameter optimization").
   *
   * @param count at least 1
   * @throws IllegalArgumentException if there are not so many
   */
  public List<Map<String, String>> draw(int count, long seed) {
    if (count < 1) {
      throw new IllegalArgumentException("At least 1 trial is drawn, not " + count);
    }
    SplittableRandom random = new SplittableRandom(seed);
    Set<Map<String, String>> drawn = new LinkedHashSet<>();
    for (int repeated = 0; drawn.size() < count; ) {
      Map<String, String> values = new LinkedHashMap<>();
      varied().forEach(dimension -> values.put(dimension.key(), dimension.draw(random)));
      repeated = drawn.add(values) ? 0 : repeated + 1;
      if (repeated == PATIENCE) {
        throw new IllegalArgumentException(
            "There are only %s combinations, not %s: try fewer, or all of them by a grid"
                .formatted(drawn.size(), count));
      }
    }
    return List.copyOf(drawn);
  }

  private Stream<Dimension> varied() {
    return dimensions.stream().filter(d -> !d.key().equals(SEED) && !isFixed(d));
  }

  private Optional<Dimension.Choices> seedChoices() {
    return dimensions.stream()
        .filter(d -> d.key().equals(SEED))
        .map(Dimension.Choices.class::cast)
        .findFirst();
  }

  private static boolean isFixed(Dimension dimension) {
    return dimension instanceof Dimension.Choices choices && choices.values().size() == 1;
  }
}
