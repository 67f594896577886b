package org.food4j.train.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.food4j.data.split.ClassWeights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Cross-entropy that discounts what is known. */
class FocalLossTest {
  private static final ActivationIdentity IDENTITY = new ActivationIdentity();
  private static final ClassWeights EVEN = new ClassWeights(List.of(1.0, 1.0, 1.0));

  @Tag("reference")
  @Test
  void scoreAndGradient_ofEveryGammaSmoothingAndWeights_equalPyTorchs() throws Exception {
    JsonNode fixture;
    try (InputStream json = getClass().getResourceAsStream("focal_loss.json")) {
      fixture = new JsonMapper().readTree(json);
    }
    INDArray logits = matrix(fixture.get("logits"));
    INDArray labels = Nd4j.zeros(DataType.DOUBLE, logits.shape());
    for (int photo = 0; photo < labels.rows(); photo++) {
      labels.putScalar(photo, fixture.get("labels").get(photo).asInt(), 1);
    }
    assertThat(fixture.get("cases")).hasSize(16);
    for (JsonNode expected : fixture.get("cases")) {
      SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(expected.get("smoothing").asDouble());
      loss.setClassWeights(numbers(expected.get("weights")));
      loss.setFocalGamma(expected.get("gamma").asDouble());
      var computed = loss.computeGradientAndScore(labels, logits, IDENTITY, null, true);
      assertThat(computed.getFirst()).isCloseTo(expected.get("loss").asDouble(), within(1e-9));
      INDArray difference = computed.getSecond().sub(matrix(expected.get("gradient")));
      assertThat(difference.norm1Number().doubleValue()).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 1, 2.5})
  void gradient_ofWeightedMixedLabels_isTheScoresSlope(double gamma) {
    SoftmaxCrossEntropy loss =
        new SoftmaxCrossEntropy(0.1, new ClassWeights(List.of(0.2, 1.0, 1.8)), gamma);
    INDArray logits = Nd4j.createFromArray(new double[][] {{0.3, -1.2, 2}, {1, 0.5, -0.4}});
    INDArray labels = Nd4j.createFromArray(new double[][] {{0.7, 0, 0.3}, {0, 1, 0}});
    INDArray gradient = loss.computeGradient(labels, logits, IDENTITY, null);
    double step = 1e-5;
    for (int i = 0; i < logits.length(); i++) {
      double slope =
          (score(loss, labels, logits, i, step) - score(loss, labels, logits, i, -step))
              / (2 * step);
      assertThat(gradient.getDouble(i)).isCloseTo(slope, within(1e-8));
    }
  }

  private static double score(
      SoftmaxCrossEntropy loss, INDArray labels, INDArray logits, int index, double step) {
    INDArray moved = logits.dup();
    moved.putScalar(index, logits.getDouble(index) + step);
    return loss.computeScore(labels, moved, IDENTITY, null, false);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 2})
  void gradient_ofCertainAnswers_isANumber(double gamma) {
    SoftmaxCrossEntropy loss = new SoftmaxCrossEntropy(0, EVEN, gamma);
    INDArray logits =
        Nd4j.createFromArray(new float[][] {{200, 0, 0}, {200, 0, 0}, {0, -1e-8f, 17}});
    INDArray labels = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}});
    INDArray gradient = loss.computeGradient(labels, logits, IDENTITY, null);
    INDArray scores = loss.computeScoreArray(labels, logits, IDENTITY, null);

    assertThat(row(gradient, 0)).containsExactly(new float[3], within(0f));
    assertThat(row(gradient, 1)).containsExactly(new float[] {1, -1, 0}, within(1e-6f));
    assertThat(row(gradient, 2)).doesNotContain(Float.NaN);
    assertThat(scores.dup().data().asFloat()[0]).isZero();
    assertThat(scores.dup().data().asFloat()[1]).isEqualTo(200);
  }

  private static float[] row(INDArray matrix, int row) {
    return matrix.getRow(row).dup().data().asFloat();
  }

  @Test
  void gammaOfZero_isPlainCrossEntropyBitForBit() {
    INDArray logits = Nd4j.createFromArray(new float[][] {{0.3f, -1.2f, 2}});
    INDArray labels = Nd4j.createFromArray(new float[][] {{0.7f, 0, 0.3f}});
    SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy(0.1);
    SoftmaxCrossEntropy focal = new SoftmaxCrossEntropy(0.1, EVEN, 0);
    assertThat(focal).isEqualTo(plain).hasToString(plain.toString());
    assertThat(focal.computeGradient(labels, logits, IDENTITY, null))
        .isEqualTo(plain.computeGradient(labels, logits, IDENTITY, null));
    assertThat(new SoftmaxCrossEntropy(0.1, EVEN, 2)).isNotEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void gamma_outsideItsRange_isRefused(double gamma) {
    assertThatThrownBy(() -> new SoftmaxCrossEntropy(0, EVEN, gamma))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 0 and finite, not " + gamma);
  }

  private static INDArray matrix(JsonNode rows) {
    List<double[]> values = new ArrayList<>();
    rows.forEach(row -> values.add(numbers(row)));
    return Nd4j.createFromArray(values.toArray(new double[0][]));
  }

  private static double[] numbers(JsonNode row) {
    return StreamSupport.stream(row.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
  }
}
