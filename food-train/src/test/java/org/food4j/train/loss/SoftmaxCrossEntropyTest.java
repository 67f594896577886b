package org.food4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.food4j.data.split.ClassWeights;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.train.loop.TrainingGraph;
import org.food4j.train.optimizer.AdamW;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

class SoftmaxCrossEntropyTest {
  private static final ActivationIdentity IDENTITY = new ActivationIdentity();
  private static final SoftmaxCrossEntropy LOSS =
      new SoftmaxCrossEntropy(0.2, ClassWeights.inverse(10, 20, 40), 2);

  @Tag("reference")
  @Test
  void scoreAndGradient_ofEverySmoothingAndWeights_equalPyTorchs() throws Exception {
    JsonNode fixture;
    try (InputStream json = getClass().getResourceAsStream("cross_entropy.json")) {
      fixture = new JsonMapper().readTree(json);
    }
    INDArray logits = matrix(fixture.get("logits"));
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, logits.shape());
    for (int photo = 0; photo < labels.rows(); photo++) {
      labels.putScalar(photo, fixture.get("labels").get(photo).asInt(), 1);
    }
    for (JsonNode expected : fixture.get("cases")) {
      SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(expected.get("smoothing").asDouble());
      loss.setClassWeights(numbers(expected.get("weights")));
      var computed = loss.computeGradientAndScore(labels, logits, IDENTITY, null, true);
      assertThat(computed.getFirst()).isCloseTo(expected.get("loss").asDouble(), within(1e-9));
      INDArray difference = computed.getSecond().sub(matrix(expected.get("gradient")));
      assertThat(difference.norm1Number().doubleValue()).isLessThan(1e-9);
    }
  }

  @Test
  void gradient_ofWeightedMixedLabels_isTheScoresSlope() {
    SoftmaxCrossEntropy loss =
        new SoftmaxCrossEntropy(0.1, new ClassWeights(List.of(0.2, 1.0, 1.8)));
    INDArray logits = Nd4j.createFromArray(new double[][] {{0.3, -1.2, 2}, {1, 0.5, -0.4}});
    INDArray labels = Nd4j.createFromArray(new double[][] {{0.7, 0, 0.3}, {0, 1, 0}});
    INDArray gradient = loss.computeGradient(labels, logits, IDENTITY, null);
    double step = 1e-5;
    for (int i = 0; i < logits.length(); i++) {
      INDArray above = logits.dup();
      above.putScalar(i, logits.getDouble(i) + step);
      INDArray below = logits.dup();
      below.putScalar(i, logits.getDouble(i) - step);
      double slope =
          (loss.computeScore(labels, above, IDENTITY, null, false)
                  - loss.computeScore(labels, below, IDENTITY, null, false))
              / (2 * step);
      assertThat(gradient.getDouble(i)).isCloseTo(slope, within(1e-8));
    }
  }

  @Test
  void weights_allTheSame_areNoWeights() {
    assertThat(new SoftmaxCrossEntropy(0.1, new ClassWeights(List.of(2.0, 2.0))))
        .isEqualTo(new SoftmaxCrossEntropy(0.1));
  }

  @Test
  void weights_ofOtherClasses_areRefused() {
    INDArray values = Nd4j.ones(DataType.DOUBLE, 1, 2);
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(0, ClassWeights.inverse(1, 2, 3));
    assertThatThrownBy(() -> loss.computeScoreArray(values, values, IDENTITY, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("3 class weights do not fit 2 classes");
  }

  @Test
  void gradient_ofSoftmaxActivation_isRefused() {
    INDArray values = Nd4j.ones(DataType.DOUBLE, 1, 2);
    assertThatThrownBy(
            () ->
                new SoftmaxCrossEntropy()
                    .computeGradient(values, values, new ActivationSoftmax(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("identity");
  }

  @Test
  void smoothing_ofOne_isRefused() {
    assertThatThrownBy(() -> new SoftmaxCrossEntropy(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.0");
  }

  @Test
  void configuration_withTheLoss_readsBackFromJson() {
    ComputationGraphConfiguration configuration =
        TrainingGraph.create(
                Architectures.named("se_cnn"),
                new NetworkSpec(3, 32),
                new AdamW(new FixedSchedule(1e-3), 0.05),
                LOSS,
                1)
            .getConfiguration();
    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(configuration.toJson());
    assertThat(read).isEqualTo(configuration);
    LossLayer layer =
        (LossLayer)
            ((org.deeplearning4j.nn.conf.graph.LayerVertex)
                    read.getVertices().get(TrainingGraph.LOSS))
                .getLayerConf()
                .getLayer();
    assertThat(layer.getLossFn()).isEqualTo(LOSS);
  }

  private static INDArray matrix(JsonNode rows) {
    List<double[]> values = new ArrayList<>();
    for (JsonNode row : rows) {
      values.add(numbers(row));
    }
    return Nd4j.createFromArray(values.toArray(new double[0][]));
  }

  private static double[] numbers(JsonNode row) {
    double[] numbers = new double[row.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = row.get(i).asDouble();
    }
    return numbers;
  }
}
