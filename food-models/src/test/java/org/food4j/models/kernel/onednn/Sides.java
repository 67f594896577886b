package org.food4j.models.kernel.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.Agreement.assertClose;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.food4j.models.kernel.KernelCases;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.nd4j.Nd4jKernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The same arrays for oneDNN, in single precision, and for ND4J's operations, in double: each
 * method makes one of each. Arguments are kept, to see afterwards that no kernel wrote into them;
 * results start as rubbish.
 */
final class Sides {
  /** One array of each side; both null where a kernel's argument is null. */
  record Pair(INDArray fast, INDArray plain) {
    static final Pair NONE = new Pair(null, null);
  }

  private record Argument(Pair pair, INDArray given) {}

  private final List<Argument> arguments = new ArrayList<>();
  private long seed;

  /** Arrays whose values depend on the seed. */
  Sides(long seed) {
    this.seed = seed * 1000;
  }

  /** The kernels under test; skips the test where they do not run. */
  static Kernels fast() {
    String processor = System.getProperty("os.arch");
    assumeTrue(
        processor.equals("amd64") || processor.equals("x86_64"),
        "oneDNN's bindings are for x86-64, not " + processor);
    return new OneDnnKernels(plain());
  }

  /** What they are compared with. */
  static Kernels plain() {
    return new Nd4jKernels();
  }

  /** Normally distributed values. */
  Pair argument(long... shape) {
    return argument(1, shape);
  }

  /** Normally distributed values times a factor. */
  Pair argument(double factor, long... shape) {
    INDArray fast = KernelCases.array(DataType.FLOAT, seed++, shape).muli(factor);
    Pair pair = new Pair(fast, fast.castTo(DataType.DOUBLE));
    arguments.add(new Argument(pair, fast.dup()));
    return pair;
  }

  /** An array to be written. */
  Pair result(long... shape) {
    return new Pair(
        Nd4j.valueArrayOf(shape, 99, DataType.FLOAT),
        Nd4j.valueArrayOf(shape, 99, DataType.DOUBLE));
  }

  void assertAgree(String name, Pair pair) {
    assertClose(name, pair.fast(), pair.plain());
  }

  void assertArgumentsUnchanged() {
    for (Argument argument : arguments) {
      assertThat(argument.pair().fast()).isEqualTo(argument.given());
    }
  }
}
