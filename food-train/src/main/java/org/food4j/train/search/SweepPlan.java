package org.food4j.train.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.recipe.ScheduleKind;

/**
 * All trainings that a sweep may come to, decided before the first of them. Immutable.
 *
 * <p>With {@link SweepStrategy#HALVING}, a training whose schedule does not depend on the number of
 * epochs ({@code constant, step, multi_step}) is interrupted at the end of a rung and resumed in
 * the next: it is then bit for bit the training that was never interrupted. One whose learning rate
 * is to reach 0 with the last epoch ({@code cosine, one_cycle, polynomial}) starts anew in each
 * rung, with the rung's epochs and all else that counts in epochs shortened in proportion:
 * interrupted, it would be judged at a learning rate at which nothing has settled, and candidates
 * that anneal early would be favoured; annealed, it has nothing left to go on with. That costs at
 * most a share of {@code 1/(eta - 1)} more epochs. The same holds for one whose first epochs see
 * small photos or train few stages, which say little of what the whole of it will do.
 */
public final class SweepPlan {
  private static final Set<ScheduleKind> CONTINUED =
      Set.of(ScheduleKind.CONSTANT, ScheduleKind.STEP, ScheduleKind.MULTI_STEP);

  private final SweepSettings settings;
  private final List<String> keys;
  private final List<Halving.Rung> rungs;
  private final List<Candidate> candidates;

  private SweepPlan(
      SweepSettings settings,
      List<String> keys,
      List<Halving.Rung> rungs,
      List<Candidate> candidates) {
    this.settings = settings;
    this.keys = List.copyOf(keys);
    this.rungs = List.copyOf(rungs);
    this.candidates = List.copyOf(candidates);
  }

  /**
   * Plans a sweep.
   *
   * @throws IllegalArgumentException if the space does not go with the strategy, or a recipe is
   *     wrong
   * @throws IOException if a recipe's file cannot be read
   */
  public static SweepPlan of(SearchSpace space, SweepSettings settings, RecipeSource recipes)
      throws IOException {
    List<Map<String, String>> combinations =
        settings.draws().isPresent()
            ? space.draw(settings.draws().getAsInt(), settings.seed())
            : space.grid();
    List<Halving.Rung> rungs = List.of();
    if (settings.strategy() == SweepStrategy.HALVING) {
      if (space.keys().contains("epochs")) {
        throw new IllegalArgumentException(
            "Halving shares the epochs out: set one value of epochs, that of the last rung");
      }
      int epochs = epochs(space, combinations, recipes);
      rungs = Halving.rungs(combinations.size(), epochs, settings.eta(), settings.minEpochs());
    }
    int digits = Math.max(2, Integer.toString(combinations.size()).length());
    List<Candidate> candidates = new ArrayList<>();
    for (Map<String, String> values : combinations) {
      String number = String.format("%0" + digits + "d", candidates.size() + 1);
      String name = TrialName.of(number, values);
      candidates.add(
          new Candidate(
              name, values, trials(name, all(space, values), space.seeds(), rungs, recipes)));
    }
    return new SweepPlan(settings, space.keys(), rungs, candidates);
  }

  /** Of all combinations; other values than epochs may decide which recipe is the usual one. */
  private static int epochs(
      SearchSpace space, List<Map<String, String>> combinations, RecipeSource recipes)
      throws IOException {
    Map<String, String> first = combinations.get(0);
    int epochs = recipes.recipe(all(space, first)).epochs();
    for (Map<String, String> values : combinations) {
      int others = recipes.recipe(all(space, values)).epochs();
      if (others != epochs) {
        throw new IllegalArgumentException(
            "Halving shares the epochs out, and there are %s with %s, but %s with %s: set one value of epochs, that of the last rung"
                .formatted(epochs, first, others, values));
      }
    }
    return epochs;
  }

  private static List<String> all(SearchSpace space, Map<String, String> values) {
    List<String> settings = new ArrayList<>(space.fixed());
    values.forEach((key, value) -> settings.add(key + "=" + value));
    return settings;
  }

  private static List<List<Trial>> trials(
      String name,
      List<String> settings,
      List<String> seeds,
      List<Halving.Rung> rungs,
      RecipeSource recipes)
      throws IOException {
    List<List<Trial>> all = new ArrayList<>();
    for (int rung = 0; rung < Math.max(1, rungs.size()); rung++) {
      List<Trial> trials = new ArrayList<>();
      for (String seed : seeds.isEmpty() ? List.of("") : seeds) {
        List<String> own = new ArrayList<>(settings);
        if (!seed.isEmpty()) {
          own.add(SearchSpace.SEED + "=" + seed);
        }
        String trial = seed.isEmpty() ? name : name + "-seed-" + seed;
        Recipe recipe = recipes.recipe(own);
        boolean last = rungs.isEmpty() || rung == rungs.size() - 1;
        int epochs = last ? recipe.epochs() : rungs.get(rung).epochs();
        if (last || continues(recipe)) {
          trials.add(new Trial(trial, recipe, epochs));
        } else {
          own.addAll(new ShortenedRecipe(recipe, epochs).settings());
          trials.add(new Trial(trial + "-epochs-" + epochs, recipes.recipe(own), epochs));
        }
      }
      all.add(trials);
    }
    return all;
  }

  /** Whether its epochs are the same, however many follow them. */
  private static boolean continues(Recipe recipe) {
    return CONTINUED.contains(recipe.annealing().schedule()) && recipe.curriculumEpochs() == 0;
  }

  /** How the sweep goes through its space. */
  public SweepSettings settings() {
    return settings;
  }

  /** The keys that have several values, but for the seed. */
  public List<String> keys() {
    return keys;
  }

  /** How many combinations are tried. */
  public int size() {
    return candidates.size();
  }

  /** The rounds of a halving, otherwise empty. */
  List<Halving.Rung> rungs() {
    return rungs;
  }

  List<Candidate> candidates() {
    return candidates;
  }

  /** The recipes of all trainings that there may be. */
  public List<Recipe> recipes() {
    return trials().map(Trial::recipe).distinct().toList();
  }

  private Stream<Trial> trials() {
    return candidates.stream().flatMap(c -> c.rungs().stream()).flatMap(List::stream);
  }

  /** The content of {@code sweep.json}, but for the data set. */
  SweepDocument document(String dataset, String fingerprint) {
    return new SweepDocument(
        settings.strategy().key(),
        settings.draws().isPresent() ? Integer.toString(settings.draws().getAsInt()) : "all",
        settings.seed(),
        settings.eta(),
        settings.minEpochs(),
        dataset,
        fingerprint,
        keys,
        candidates.stream().map(SweepPlan::form).toList());
  }

  private static SweepDocument.Combination form(Candidate candidate) {
    return new SweepDocument.Combination(
        candidate.name(),
        candidate.values(),
        candidate.rungs().stream()
            .map(rung -> rung.stream().map(SweepPlan::form).toList())
            .toList());
  }

  private static SweepDocument.Training form(Trial trial) {
    return new SweepDocument.Training(
        trial.name(), trial.epochs(), new LinkedHashMap<>(RecipeFile.describe(trial.recipe())));
  }

  /** Names of the run directories, for messages. */
  @Override
  public String toString() {
    return new TreeSet<>(trials().map(Trial::name).toList()).toString();
  }
}
