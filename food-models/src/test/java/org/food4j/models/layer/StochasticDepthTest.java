package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.food4j.models.kernel.KernelCases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StochasticDepthTest {
  private static final int PHOTOS = 2000;

  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void training_dropsWholePhotosAndScalesTheOthers(char order) {
    StochasticDepth depth = new StochasticDepth(0.2);
    INDArray x = KernelCases.array(DataType.FLOAT, 1, PHOTOS, 2, 3, 2).dup(order);
    INDArray y = apply(depth, x);
    INDArray dy = KernelCases.array(DataType.FLOAT, 2, PHOTOS, 2, 3, 2).dup(order);
    INDArray dx = depth.backprop(dy, x.ulike(), 0, 0);
    int dropped = 0;
    for (long n = 0; n < PHOTOS; n++) {
      boolean gone = y.slice(n).amaxNumber().doubleValue() == 0;
      double factor = gone ? 0 : 1.25;
      dropped += gone ? 1 : 0;
      assertThat(y.slice(n).equalsWithEps(x.slice(n).mul(factor), 1e-5)).isTrue();
      assertThat(dx.slice(n).equalsWithEps(dy.slice(n).mul(factor), 1e-5)).isTrue();
    }
    // five standard deviations of a binomial distribution
    assertThat((double) dropped).isCloseTo(0.2 * PHOTOS, within(5 * Math.sqrt(PHOTOS * 0.16)));
  }

  @Test
  void rateZero_changesNothing() {
    INDArray x = KernelCases.array(DataType.FLOAT, 1, 5, 2, 2, 3);
    assertThat(apply(new StochasticDepth(0), x)).isEqualTo(x);
    INDArray doubles = x.castTo(DataType.DOUBLE);
    assertThat(apply(new StochasticDepth(0), doubles)).isEqualTo(doubles);
  }

  @Test
  void backward_withoutAForwardPass_isRefused() {
    INDArray dy = KernelCases.array(DataType.FLOAT, 1, 5, 2, 2, 3);
    assertThatThrownBy(() -> new StochasticDepth(0.5).backprop(dy, dy, 0, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("forward pass in training mode");
  }

  @Test
  void inAResidualBlock_droppedPhotosTakeTheShortcutAlone() {
    SmallGraph graph =
        SmallGraph.of(
            4,
            3,
            2,
            (builder, in) -> {
              builder
                  .addLayer("stem", new Conv2d.Builder(2, 1, 1).build(), in)
                  .addLayer("branch", new Conv2d.Builder(2, 1, 1).build(), "stem")
                  .addLayer("depth", new DropoutLayer(new StochasticDepth(0.5)), "branch")
                  .addVertex(
                      "sum",
                      new AdditionVertex(Activation.IDENTITY.getActivationFunction()),
                      "depth",
                      "stem");
              return "sum";
            });
    ComputationGraph made = graph.make(DataType.FLOAT);
    SmallGraph.randomise(made);
    Nd4j.getRandom().setSeed(3);
    var trained = made.feedForward(graph.photos(DataType.FLOAT, 1, 40), true);
    INDArray stem = trained.get("stem");
    int alone = 0;
    for (long n = 0; n < 40; n++) {
      alone += trained.get("sum").slice(n).equals(stem.slice(n)) ? 1 : 0;
    }
    assertThat(alone).isBetween(5, 35);
    var inferred = made.feedForward(graph.photos(DataType.FLOAT, 1, 40), false);
    assertThat(
            inferred
                .get("sum")
                .equalsWithEps(inferred.get("branch").add(inferred.get("stem")), 1e-5))
        .isTrue();
  }

  private static INDArray apply(StochasticDepth depth, INDArray x) {
    return depth.applyDropout(x, x.ulike(), 0, 0, LayerWorkspaceMgr.noWorkspaces());
  }
}
