package org.food4j.models.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.kernel.AdditionKernel;
import org.food4j.models.kernel.ChannelScaleKernel;
import org.food4j.models.kernel.FunctionKernel;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.onednn.Sides.Pair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The kernels that work value by value; convolution, normalisation and pooling have their own. */
class OneDnnKernelsTest {
  private final Kernels kernels = Sides.fast();

  static Stream<IActivation> functions() {
    return Stream.of(
        new ActivationIdentity(),
        new ActivationReLU(),
        new ActivationReLU(null, null, 0.2),
        new ActivationReLU(1.0, null, null),
        new ActivationReLU(null, 0.3, null),
        new ActivationLReLU(0.1),
        new ActivationReLU6(),
        new ActivationSwish(),
        new ActivationSigmoid(),
        new ActivationTanH(),
        new ActivationELU(),
        new ActivationELU(0.7),
        new HardSwish(),
        new HardSigmoid(),
        new ActivationSoftPlus());
  }

  /** Small maps, vectors, and maps whose photos are larger than a processor's first cache. */
  static List<MapShape> shapes() {
    return Stream.concat(
            KernelCases.maps().stream(),
            Stream.of(
                new MapShape(3, 1, 1, 5),
                new MapShape(2, 33, 32, 32),
                new MapShape(3, 61, 63, 9),
                new MapShape(2, 32, 32, 32)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("functions")
  void function_andItsGradient_agree(IActivation function) {
    for (MapShape shape : KernelCases.maps()) {
      FunctionKernel fast = kernels.function(shape, function);
      FunctionKernel plain = Sides.plain().function(shape, function);
      for (int round = 0; round < 2; round++) {
        Sides sides = new Sides(round);
        Pair x = sides.argument(3, shape.dimensions());
        Pair dy = sides.argument(shape.dimensions());
        Pair y = sides.result(shape.dimensions());
        fast.forward(x.fast(), y.fast());
        plain.forward(x.plain(), y.plain());
        sides.assertAgree("y", y);
        Pair dx = sides.result(shape.dimensions());
        fast.backward(x.fast(), dy.fast(), dx.fast());
        plain.backward(x.plain(), dy.plain(), dx.plain());
        sides.assertAgree("dx", dx);
        sides.assertArgumentsUnchanged();

        fast.backward(x.fast(), dy.fast(), dy.fast());
        assertThat(dy.fast()).as("gradient in place").isEqualTo(dx.fast());
        fast.forward(x.fast(), x.fast());
        assertThat(x.fast()).as("in place").isEqualTo(y.fast());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("functions")
  void addition_andItsGradient_agree(IActivation function) {
    for (MapShape shape : KernelCases.maps()) {
      AdditionKernel fast = kernels.addition(shape, function);
      AdditionKernel plain = Sides.plain().addition(shape, function);
      for (int round = 0; round < 2; round++) {
        Sides sides = new Sides(round);
        Pair a = sides.argument(2, shape.dimensions());
        Pair b = sides.argument(2, shape.dimensions());
        Pair dy = sides.argument(shape.dimensions());
        Pair y = sides.result(shape.dimensions());
        fast.forward(a.fast(), b.fast(), y.fast());
        plain.forward(a.plain(), b.plain(), y.plain());
        sides.assertAgree("y", y);
        Pair dx = sides.result(shape.dimensions());
        fast.backward(a.fast(), b.fast(), y.fast(), dy.fast(), dx.fast());
        plain.backward(a.plain(), b.plain(), y.plain(), dy.plain(), dx.plain());
        sides.assertAgree("dx", dx);
        sides.assertArgumentsUnchanged();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void channelScale_andItsGradients_agree(MapShape shape) {
    ChannelScaleKernel fast = kernels.channelScale(shape);
    ChannelScaleKernel plain = Sides.plain().channelScale(shape);
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair maps = sides.argument(shape.dimensions());
      Pair factors = sides.argument(shape.batch(), shape.channels());
      Pair dy = sides.argument(shape.dimensions());
      Pair y = sides.result(shape.dimensions());
      fast.forward(maps.fast(), factors.fast(), y.fast());
      plain.forward(maps.plain(), factors.plain(), y.plain());
      sides.assertAgree("y", y);
      Pair dMaps = sides.result(shape.dimensions());
      Pair dFactors = sides.result(shape.batch(), shape.channels());
      fast.backward(maps.fast(), factors.fast(), dy.fast(), dMaps.fast(), dFactors.fast());
      plain.backward(maps.plain(), factors.plain(), dy.plain(), dMaps.plain(), dFactors.plain());
      sides.assertAgree("dMaps", dMaps);
      sides.assertAgree("dFactors", dFactors);
      sides.assertArgumentsUnchanged();
    }
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void layouts_thereAndBack_moveEachValue(MapShape shape) {
    INDArray last = KernelCases.array(DataType.FLOAT, 1, shape.dimensions());
    INDArray expected = last.permute(0, 3, 1, 2).dup('c');
    INDArray first = expected.ulike();
    kernels.toChannelsFirst(last, first);
    assertThat(first).isEqualTo(expected);
    INDArray back = last.ulike();
    kernels.toChannelsLast(first, back);
    assertThat(back).isEqualTo(last);
  }

  @Test
  void views_withoutGaps_areTakenWhereTheyLie() {
    INDArray photos = KernelCases.array(DataType.FLOAT, 1, 4, 3, 2, 5);
    INDArray given = photos.dup();
    INDArray middle = photos.get(NDArrayIndex.interval(1, 3));
    kernels.function(MapShape.of(middle), new ActivationTanH()).forward(middle, middle);
    for (int photo = 0; photo < 4; photo++) {
      INDArray expected = given.slice(photo).dup();
      if (photo == 1 || photo == 2) {
        expected = new ActivationTanH().getActivation(expected, false);
      }
      assertThat(photos.slice(photo).equalsWithEps(expected, 1e-6)).as("photo %d", photo).isTrue();
    }
  }

  @Test
  void array_thatIsNotRowMajorFloatOfTheSize_isRefused() {
    INDArray right = KernelCases.array(DataType.FLOAT, 1, 2, 3, 4, 5);
    FunctionKernel kernel = kernels.function(MapShape.of(right), new ActivationTanH());
    List<INDArray> wrong =
        List.of(
            right.castTo(DataType.DOUBLE),
            right.castTo(DataType.FLOAT16),
            right.dup('f'),
            KernelCases.array(DataType.FLOAT, 1, 2, 5, 3, 4).permute(0, 2, 3, 1),
            KernelCases.array(DataType.FLOAT, 1, 2, 3, 4, 6)
                .get(
                    NDArrayIndex.all(),
                    NDArrayIndex.all(),
                    NDArrayIndex.all(),
                    NDArrayIndex.interval(0, 5)),
            KernelCases.array(DataType.FLOAT, 1, 3, 3, 4, 5));
    for (INDArray array : wrong) {
      for (Runnable call :
          List.<Runnable>of(
              () -> kernel.forward(array, right.dup()),
              () -> kernel.forward(right, array),
              () -> kernel.backward(right, array, right.dup()))) {
        assertThatThrownBy(call::run)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("120 float32 values, row-major")
            .hasMessageContaining(array.dataType().toString());
      }
    }
  }
}
