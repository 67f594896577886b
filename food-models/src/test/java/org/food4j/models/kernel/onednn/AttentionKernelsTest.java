package org.food4j.models.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.LayerNormKernel;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.MeanMaxKernel;
import org.food4j.models.kernel.PositionScaleKernel;
import org.food4j.models.kernel.onednn.Sides.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.ops.transforms.Transforms;

/** What attention modules are made of. */
class AttentionKernelsTest {
  private final Kernels kernels = Sides.fast();

  /** Small maps, and maps whose photos are larger than a processor's first cache. */
  static List<MapShape> shapes() {
    return Stream.concat(
            KernelCases.maps().stream(),
            Stream.of(
                new MapShape(2, 33, 32, 32),
                new MapShape(3, 61, 63, 9),
                new MapShape(2, 14, 14, 256),
                new MapShape(2, 4, 4, 100)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void meanMaxOverPositions_andItsGradient_agree(MapShape shape) {
    assertAgree(
        kernels.meanMaxOverPositions(shape),
        Sides.plain().meanMaxOverPositions(shape),
        shape,
        new MapShape(shape.batch(), 2, 1, shape.channels()));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void meanMaxOverChannels_andItsGradient_agree(MapShape shape) {
    assertAgree(
        kernels.meanMaxOverChannels(shape),
        Sides.plain().meanMaxOverChannels(shape),
        shape,
        shape.withChannels(2));
  }

  private static void assertAgree(
      MeanMaxKernel fast, MeanMaxKernel plain, MapShape shape, MapShape output) {
    for (int round = 0; round < 3; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(shape.dimensions());
      if (round == 2) { // maxima that are found more than once
        for (var side : List.of(x.fast(), x.plain())) {
          side.muli(2);
          Transforms.round(side, false);
        }
      }
      Pair given = new Pair(x.fast().dup(), x.plain().dup());
      Pair y = sides.result(output.dimensions());
      fast.forward(x.fast(), y.fast());
      plain.forward(x.plain(), y.plain());
      sides.assertAgree("y", y);
      Pair dy = sides.argument(output.dimensions());
      Pair dx = sides.result(shape.dimensions());
      fast.backward(x.fast(), y.fast(), dy.fast(), dx.fast());
      plain.backward(x.plain(), y.plain(), dy.plain(), dx.plain());
      sides.assertAgree("dx", dx);
      assertThat(x.fast()).isEqualTo(given.fast());
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void positionScale_andItsGradients_agree(MapShape shape) {
    PositionScaleKernel fast = kernels.positionScale(shape);
    PositionScaleKernel plain = Sides.plain().positionScale(shape);
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair maps = sides.argument(shape.dimensions());
      Pair factors = sides.argument(shape.withChannels(1).dimensions());
      Pair dy = sides.argument(shape.dimensions());
      Pair y = sides.result(shape.dimensions());
      fast.forward(maps.fast(), factors.fast(), y.fast());
      plain.forward(maps.plain(), factors.plain(), y.plain());
      sides.assertAgree("y", y);
      Pair dMaps = sides.result(shape.dimensions());
      Pair dFactors = sides.result(shape.withChannels(1).dimensions());
      fast.backward(maps.fast(), factors.fast(), dy.fast(), dMaps.fast(), dFactors.fast());
      plain.backward(maps.plain(), factors.plain(), dy.plain(), dMaps.plain(), dFactors.plain());
      sides.assertAgree("dMaps", dMaps);
      sides.assertAgree("dFactors", dFactors);
      sides.assertArgumentsUnchanged();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void layerNorm_andItsGradients_agree(MapShape shape) {
    LayerNormKernel fast = kernels.layerNorm(shape, 0.1);
    LayerNormKernel plain = Sides.plain().layerNorm(shape, 0.1);
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(round + 1, shape.dimensions());
      Pair gamma = sides.argument(shape.channels());
      Pair beta = sides.argument(shape.channels());
      Pair dy = sides.argument(shape.dimensions());
      Pair y = sides.result(shape.dimensions());
      fast.forward(x.fast(), gamma.fast(), beta.fast(), y.fast());
      plain.forward(x.plain(), gamma.plain(), beta.plain(), y.plain());
      sides.assertAgree("y", y);
      Pair dx = sides.result(shape.dimensions());
      Pair dGamma = sides.result(shape.channels());
      Pair dBeta = sides.result(shape.channels());
      fast.backward(x.fast(), gamma.fast(), dy.fast(), dx.fast(), dGamma.fast(), dBeta.fast());
      plain.backward(
          x.plain(), gamma.plain(), dy.plain(), dx.plain(), dGamma.plain(), dBeta.plain());
      if (shape.channels() > 1) { // of one channel nothing is left but rounding
        sides.assertAgree("dx", dx);
        sides.assertAgree("dGamma", dGamma);
      }
      sides.assertAgree("dBeta", dBeta);
      sides.assertArgumentsUnchanged();
    }
  }
}
