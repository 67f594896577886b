package org.food4j.train.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.models.inference.Softmax;

/**
 * Photos whose label is probably wrong, by confident learning (Northcutt et al. 2021, "Confident
 * Learning: Estimating Uncertainty in Dataset Labels", arXiv 1911.00068, section 3.1).
 *
 * <p>A class's threshold is the mean probability that photos of this label have for it. A photo is
 * counted for the most probable of the classes whose threshold it reaches; one that is counted for
 * another class than its label's is a confident suspect. Where the classifier answers another class
 * below that class's threshold, the photo is a suspect too, and comes after all confident ones.
 * Within both, those come first that have the least probability for their own label.
 */
public final class SuspectedLabels {
  /** The longest list unless another is asked for, as a share of the photos. */
  public static final double SHARE = 0.15;

  private final Scores scores;
  private final float[][] probabilities;
  private final double[] thresholds;

  /**
   * A photo whose label is doubted.
   *
   * @param path relative to the photo root
   * @param label that the photo has
   * @param suggested that it probably should have
   * @param confidence probability of {@code suggested}, 0 to 1
   * @param selfConfidence probability of {@code label}, 0 to 1
   * @param confident whether {@code confidence} reaches what photos of {@code suggested} have in
   *     the mean
   */
  public record Suspect(
      String path,
      Label label,
      Label suggested,
      double confidence,
      double selfConfidence,
      boolean confident) {}

  private SuspectedLabels(Scores scores, double temperature) {
    this.scores = scores;
    probabilities = new float[scores.entries().size()][];
    Softmax softmax = new Softmax(temperature);
    for (int photo = 0; photo < probabilities.length; photo++) {
      probabilities[photo] = softmax.probabilities(scores.logits(), photo, scores.labels().size());
    }
    thresholds = thresholds();
  }

  /**
   * Lists the photos with the most doubtful labels, the most doubtful first.
   *
   * @param scores of each photo by a classifier that was not trained on it, as of cross-validation:
   *     one that was may have learned the wrong label by heart
   * @param share the list holds at most so large a part of the photos, 0 to 1
   * @throws IllegalArgumentException if the share is outside its range or a logit is not finite
   */
  public static List<Suspect> of(Scores scores, double share) {
    return of(scores, share, 1);
  }

  /**
   * The same for a calibrated classifier.
   *
   * @param temperature the logits are divided by it before the softmax, above 0
   */
  public static List<Suspect> of(Scores scores, double share, double temperature) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "A list holds a share from 0 to 1 of the photos, not " + share);
    }
    return new SuspectedLabels(scores, temperature)
        .suspects().stream()
            .sorted(
                Comparator.comparing((Suspect s) -> !s.confident())
                    .thenComparingDouble(Suspect::selfConfidence))
            .limit((long) (share * scores.entries().size()))
            .toList();
  }

  /** Mean self-confidence by class; never reached for a class that no photo is labelled with. */
  private double[] thresholds() {
    double[] means = new double[scores.labels().size()];
    int[] photos = new int[means.length];
    for (int photo = 0; photo < probabilities.length; photo++) {
      int label = scores.entries().get(photo).label();
      means[label] += probabilities[photo][label];
      photos[label]++;
    }
    for (int label = 0; label < means.length; label++) {
      means[label] = photos[label] == 0 ? Double.POSITIVE_INFINITY : means[label] / photos[label];
    }
    return means;
  }

  private List<Suspect> suspects() {
    List<Suspect> suspects = new ArrayList<>();
    for (int photo = 0; photo < probabilities.length; photo++) {
      int label = scores.entries().get(photo).label();
      int counted = countedFor(photo);
      int answered = scores.best(photo);
      if (counted >= 0 && counted != label) {
        suspects.add(suspect(photo, counted, true));
      } else if (counted < 0 && answered != label) {
        suspects.add(suspect(photo, answered, false));
      }
    }
    return suspects;
  }

  /** The most probable class whose threshold the photo reaches, -1 if it reaches none. */
  private int countedFor(int photo) {
    float[] row = probabilities[photo];
    int counted = -1;
    for (int label = 0; label < row.length; label++) {
      if (row[label] >= thresholds[label] && (counted < 0 || row[label] > row[counted])) {
        counted = label;
      }
    }
    return counted;
  }

  private Suspect suspect(int photo, int suggested, boolean confident) {
    ManifestEntry entry = scores.entries().get(photo);
    return new Suspect(
        entry.path(),
        scores.labels().get(entry.label()),
        scores.labels().get(suggested),
        probabilities[photo][suggested],
        probabilities[photo][entry.label()],
        confident);
  }
}
