package org.food4j.train.evaluate;

import org.food4j.models.inference.Softmax;

/** Mean probabilities of photos over several views of each. */
final class ViewAverage {
  private final double[] sums;
  private final int classes;
  private final double temperature;
  private final Softmax softmax;
  private final int views;
  private int seen;

  /**
   * Without any view yet.
   *
   * @param settings how many views there will be, and at which temperature
   */
  ViewAverage(int photos, int classes, AnswerSettings settings) {
    sums = new double[photos * classes];
    this.classes = classes;
    temperature = settings.temperature();
    softmax = new Softmax(temperature);
    views = settings.views().count();
  }

  /**
   * Adds one view of some photos.
   *
   * @param first number of the first photo
   * @param logits {@code [photos, classes]}
   */
  void add(int first, float[] logits) {
    int photos = logits.length / classes;
    for (int photo = 0; photo < photos; photo++) {
      float[] probabilities = softmax.probabilities(logits, photo, classes);
      for (int label = 0; label < classes; label++) {
        sums[(first + photo) * classes + label] += probabilities[label];
      }
    }
    seen += photos;
  }

  /** Views so far, counted in whole photos. */
  int photos() {
    return seen / views;
  }

  /** {@code [photos, classes]}, whose softmax at the temperature is the average. */
  float[] logits() {
    float[] logits = new float[sums.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) (temperature * Math.log(Math.max(sums[i] / views, Float.MIN_NORMAL)));
    }
    return logits;
  }
}
