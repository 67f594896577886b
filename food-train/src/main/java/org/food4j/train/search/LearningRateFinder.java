package org.food4j.train.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.train.loop.StepWatcher;
import org.food4j.train.loop.Trainer;
import org.food4j.train.loop.TrainingCaches;
import org.food4j.train.loop.TrainingObserver;
import org.food4j.train.recipe.Recipe;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.ScheduleType;

/**
 * The range test of learning rates (Smith 2017, "Cyclical learning rates for training neural
 * networks", arXiv 1506.01186, section 3.3), in fastai's form: the rate grows exponentially from
 * step to step, and the smoothed loss tells where training learns and where it breaks down. The
 * network, its optimiser and what is frozen are the recipe's; the recipe's own rate and schedule
 * play no part. Nothing is kept but the curve. Not thread-safe.
 */
public final class LearningRateFinder {
  private final Trainer trainer;

  /**
   * @param dataset has training and validation photos, though only the former are used
   * @throws IllegalArgumentException if the recipe does not fit the data set
   * @throws IOException if the recipe's weights cannot be read
   */
  public LearningRateFinder(
      Dataset dataset, Recipe recipe, PhotoDecoder decoder, TrainingCaches caches)
      throws IOException {
    trainer = new Trainer(dataset, recipe, decoder, caches);
  }

  /** Is told how far the test is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * After each step.
     *
     * @param step from 1
     * @param learningRate of the step
     * @param loss of its batch; perhaps no finite number
     */
    void step(int step, double learningRate, double loss);
  }

  /**
   * Runs the test.
   *
   * @param observers are told of weights and features
   * @throws IllegalArgumentException if the loss left all bounds before there was a curve
   * @throws org.food4j.data.batch.PhotoReadException if a photo has vanished or is damaged
   * @throws IOException if weights or features cannot be read or written
   */
  public RangeTest run(
      RangeTestSettings settings, Progress progress, List<TrainingObserver> observers)
      throws IOException {
    ISchedule rates =
        new ExponentialSchedule(ScheduleType.ITERATION, settings.low(), settings.growth());
    Course course = new Course(settings, rates, progress);
    trainer.probe(rates, course, observers);
    return RangeTest.of(course.rates, course.losses, course.diverged);
  }

  /** Collects losses, until the last step or the end of all learning. */
  private static final class Course implements StepWatcher {
    private final RangeTestSettings settings;
    private final ISchedule schedule;
    private final Progress progress;
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();
    private double sum;
    private double weights;
    private double lowest = Double.POSITIVE_INFINITY;
    private boolean diverged;

    private Course(RangeTestSettings settings, ISchedule schedule, Progress progress) {
      this.settings = settings;
      this.schedule = schedule;
      this.progress = progress;
    }

    @Override
    public boolean goesOnAfter(double loss) {
      double rate = schedule.valueAt(losses.size(), 0);
      progress.step(losses.size() + 1, rate, loss);
      if (!Double.isFinite(loss)) {
        diverged = true;
        return false;
      }
      rates.add(rate);
      losses.add(loss);
      sum = RangeTest.SMOOTHING * sum + (1 - RangeTest.SMOOTHING) * loss;
      weights = RangeTest.SMOOTHING * weights + (1 - RangeTest.SMOOTHING);
      double smoothed = sum / weights;
      lowest = Math.min(lowest, smoothed);
      diverged = smoothed > settings.stopAt() * lowest;
      return !diverged && losses.size() < settings.steps();
    }
  }
}
