package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.food4j.models.kernel.Agreement.assertClose;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.layer.LayerCases.LayerCase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.buffer.util.DataTypeUtil;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

/** Whole layers in graphs: single precision, on the fast path, against double, on the plain one. */
class LayersTest {
  private static DataType before;

  /** DL4J's gradient check asks for it. */
  @BeforeAll
  static void useDoubles() {
    before = DataTypeUtil.getDtypeFromContext();
    DataTypeUtil.setDTypeForContext(DataType.DOUBLE);
  }

  @AfterAll
  static void useWhatWas() {
    DataTypeUtil.setDTypeForContext(before);
  }

  static List<LayerCase> cases() {
    return LayerCases.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void activations_inBothPrecisions_agree(LayerCase tested) {
    ComputationGraph fast = made(tested, DataType.FLOAT);
    ComputationGraph plain = made(tested, DataType.DOUBLE);
    for (int batch : new int[] {tested.batch(), tested.batch() + 1, tested.batch()}) {
      INDArray photos = tested.graph().photos(DataType.FLOAT, batch, batch);
      INDArray doubles = photos.castTo(DataType.DOUBLE);
      assertClose("output", fast.outputSingle(photos), plain.outputSingle(doubles));
      for (boolean training : new boolean[] {true, false}) {
        Map<String, INDArray> actual = fast.feedForward(photos, training);
        Map<String, INDArray> expected = plain.feedForward(doubles, training);
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach(
            (vertex, values) ->
                assertClose(
                    vertex + (training ? " in training" : " at inference"),
                    values,
                    expected.get(vertex)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_inBothPrecisions_agree(LayerCase tested) {
    ComputationGraph fast = made(tested, DataType.FLOAT);
    ComputationGraph plain = made(tested, DataType.DOUBLE);
    for (int batch : new int[] {tested.batch(), tested.batch() + 1, tested.batch()}) {
      SmallGraph.computeGradients(fast, tested.graph().data(DataType.FLOAT, batch, batch));
      SmallGraph.computeGradients(plain, tested.graph().data(DataType.DOUBLE, batch, batch));
      Map<String, INDArray> actual = fast.gradient().gradientForVariable();
      Map<String, INDArray> expected = plain.gradient().gradientForVariable();
      assertThat(actual.keySet())
          .isEqualTo(expected.keySet())
          .isEqualTo(plain.paramTable().keySet());
      // the gradient of what a normalisation subtracts again is zero, but for rounding
      double noise = 0.02 * plain.gradient().gradient().amaxNumber().doubleValue();
      actual.forEach(
          (parameter, values) ->
              assertClose("gradient of " + parameter, values, expected.get(parameter), noise));
      assertThat(fast.score()).isCloseTo(plain.score(), withinPercentage(0.01));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradients_inDoubles_passTheCheck(LayerCase tested) {
    ComputationGraph graph = made(tested, DataType.DOUBLE);
    DataSet data = tested.graph().data(DataType.DOUBLE, 3, tested.batch());
    Set<String> unlearned =
        graph.paramTable().keySet().stream()
            .filter(key -> key.endsWith("_mean") || key.endsWith("_var") || key.startsWith("out_"))
            .collect(Collectors.toSet());
    assertThat(
            GradientCheckUtil.checkGradients(
                new GradientCheckUtil.GraphConfig()
                    .net(graph)
                    .inputs(new INDArray[] {data.getFeatures()})
                    .labels(new INDArray[] {data.getLabels()})
                    .maxRelError(1e-5)
                    .minAbsoluteError(1e-8)
                    .print(GradientCheckUtil.PrintMode.FAILURES_ONLY)
                    .excludeParams(unlearned)
                    .exitOnFirstError(true)))
        .isTrue();
  }

  private static ComputationGraph made(LayerCase tested, DataType type) {
    ComputationGraph graph = tested.graph().make(type);
    SmallGraph.randomise(graph);
    return graph;
  }
}
