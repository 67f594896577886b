package org.food4j.train.monitor;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.api.StatsInitializationConfiguration;
import org.deeplearning4j.ui.model.stats.api.StatsReport;
import org.deeplearning4j.ui.model.stats.api.StatsType;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsInitializationConfiguration;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's statistics of every tenth step. A graph whose steps others make, and which is given their
 * average, has seen no batch and has no gradient here: of it there are the loss, the learning
 * rates, the parameters, how far they have moved per step, and the memory, after the average that
 * follows each tenth step and after an epoch's last one. Not thread-safe.
 */
final class StepStatistics extends StatsListener {
  private static final long serialVersionUID = 1L;

  private static final int STEPS_PER_REPORT = 10;

  private static final StatsInitializationConfiguration BEGINNING =
      new DefaultStatsInitializationConfiguration(true, true, true);

  /** Of a graph whose steps others make. */
  private final StatsListener averages;

  private final int stepsPerEpoch;

  /** The last step whose average was reported, from 0. */
  private int reported = -1;

  /** Its parameters; empty before the first report. Lost where a listener is copied. */
  private transient Map<String, INDArray> before = Map.of();

  /** Mean movement of each parameter's values per step since then; 0 in the first report. */
  private transient Map<String, Double> movements = Map.of();

  StepStatistics(StatsStorageRouter router, String session, String worker, int stepsPerEpoch) {
    super(
        router,
        BEGINNING,
        new DefaultStatsUpdateConfiguration.Builder().reportingFrequency(STEPS_PER_REPORT).build(),
        session,
        worker);
    averages =
        new StatsListener(router, BEGINNING, withoutBatches(), session, worker) {
          private static final long serialVersionUID = 1L;

          @Override
          public StatsReport getNewStatsReport() {
            StatsReport report = super.getNewStatsReport();
            report.reportMeanMagnitudes(StatsType.Updates, movements); // the UI's pages need some
            return report;
          }
        };
    this.stepsPerEpoch = stepsPerEpoch;
  }

  private static DefaultStatsUpdateConfiguration withoutBatches() {
    return new DefaultStatsUpdateConfiguration.Builder()
        .reportingFrequency(1)
        .collectPerformanceStats(false)
        .collectHistogramsGradients(false)
        .collectHistogramsUpdates(false)
        .collectHistogramsActivations(false)
        .collectMeanGradients(false)
        .collectMeanUpdates(false)
        .collectMeanActivations(false)
        .collectStdevGradients(false)
        .collectStdevUpdates(false)
        .collectStdevActivations(false)
        .collectMeanMagnitudesGradients(false)
        .collectMeanMagnitudesUpdates(false)
        .collectMeanMagnitudesActivations(false)
        .build();
  }

  @Override
  public void iterationDone(Model graph, int iteration, int epoch) {
    if (graph.gradient() != null) {
      super.iterationDone(graph, iteration, epoch);
    } else if (iteration - reported >= STEPS_PER_REPORT || (iteration + 1) % stepsPerEpoch == 0) {
      move(graph, iteration - reported);
      reported = iteration;
      averages.iterationDone(graph, iteration, epoch);
    }
  }

  private void move(Model graph, int steps) {
    Map<String, INDArray> now = new LinkedHashMap<>();
    Map<String, Double> means = new LinkedHashMap<>();
    graph
        .paramTable()
        .forEach(
            (name, values) -> {
              INDArray earlier = before.get(name);
              double moved = 0;
              if (earlier != null) {
                moved = earlier.subi(values).norm1Number().doubleValue() / values.length() / steps;
                earlier.close();
              }
              means.put(name, moved);
              now.put(name, values.dup());
            });
    before = now;
    movements = means;
  }
}
