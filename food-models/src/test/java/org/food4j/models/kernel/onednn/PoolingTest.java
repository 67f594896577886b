package org.food4j.models.kernel.onednn;

import java.util.List;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.KernelCases.Pooled;
import org.food4j.models.kernel.PoolingKernel;
import org.food4j.models.kernel.onednn.Sides.Pair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolingTest {
  static List<Pooled> poolings() {
    return KernelCases.poolings();
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void maximum_onChangingArrays_agrees(Pooled pooled) {
    assertAgree(
        pooled,
        Sides.fast().maxPooling(pooled.input(), pooled.window()),
        Sides.plain().maxPooling(pooled.input(), pooled.window()));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  void mean_onChangingArrays_agrees(Pooled pooled) {
    assertAgree(
        pooled,
        Sides.fast().averagePooling(pooled.input(), pooled.window()),
        Sides.plain().averagePooling(pooled.input(), pooled.window()));
  }

  private static void assertAgree(Pooled pooled, PoolingKernel fast, PoolingKernel plain) {
    for (int round = 0; round < 2; round++) {
      Sides sides = new Sides(round);
      Pair x = sides.argument(pooled.input().dimensions());
      Pair dy = sides.argument(pooled.output().dimensions());
      Pair y = sides.result(pooled.output().dimensions());
      fast.forward(x.fast(), y.fast());
      plain.forward(x.plain(), y.plain());
      sides.assertAgree("y", y);
      Pair dx = sides.result(pooled.input().dimensions());
      fast.backward(x.fast(), dy.fast(), dx.fast());
      plain.backward(x.plain(), dy.plain(), dx.plain());
      sides.assertAgree("dx", dx);
      Pair inferred = sides.result(pooled.output().dimensions());
      fast.infer(x.fast(), inferred.fast());
      plain.infer(x.plain(), inferred.plain());
      sides.assertAgree("y at inference", inferred);
      sides.assertArgumentsUnchanged();
    }
  }
}
