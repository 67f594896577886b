package org.food4j.models.kernel.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.food4j.models.kernel.ConvolutionKernel;
import org.food4j.models.kernel.ConvolutionShape;
import org.food4j.models.kernel.KernelCases;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.memory.conf.WorkspaceConfiguration;
import org.nd4j.linalg.api.memory.enums.LearningPolicy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jKernelsTest {
  private final Nd4jKernels kernels = new Nd4jKernels();

  @Test
  void layouts_thereAndBack_moveEachValue() {
    INDArray first = KernelCases.array(DataType.FLOAT, 1, 2, 3, 5, 4);
    INDArray last = Nd4j.create(DataType.FLOAT, 2, 5, 4, 3);
    kernels.toChannelsLast(first, last);
    for (long n = 0; n < 2; n++) {
      for (long c = 0; c < 3; c++) {
        for (long h = 0; h < 5; h++) {
          for (long w = 0; w < 4; w++) {
            assertThat(last.getFloat(n, h, w, c)).isEqualTo(first.getFloat(n, c, h, w));
          }
        }
      }
    }
    INDArray back = first.ulike();
    kernels.toChannelsFirst(last, back);
    assertThat(back).isEqualTo(first);
  }

  @Test
  void convolutions_inAWorkspaceFullOfOldValues_findZerosWhereTheyPad() {
    for (ConvolutionShape shape : KernelCases.convolutions()) {
      ConvolutionKernel kernel = kernels.convolution(shape);
      INDArray x = KernelCases.array(DataType.FLOAT, 1, shape.input().dimensions());
      INDArray weights = KernelCases.array(DataType.FLOAT, 2, shape.weights());
      INDArray expected = Nd4j.create(DataType.FLOAT, shape.output().dimensions());
      kernel.forward(x, weights, null, expected);
      WorkspaceConfiguration configuration =
          WorkspaceConfiguration.builder()
              .initialSize(1 << 20)
              .policyLearning(LearningPolicy.NONE)
              .build();
      INDArray y = expected.ulike();
      for (int round = 0; round < 2; round++) {
        try (MemoryWorkspace workspace =
            Nd4j.getWorkspaceManager().getAndActivateWorkspace(configuration, "KERNELS")) {
          if (round == 0) {
            Nd4j.createUninitialized(DataType.FLOAT, 1 << 16).assign(Float.NaN);
          } else {
            kernel.forward(x, weights, null, y);
          }
          assertThat(workspace.isScopeActive()).isTrue();
        }
      }
      assertThat(y).isEqualTo(expected);
    }
  }

  @Test
  void halfPrecision_convolutionAndItsGradients_followFloat() {
    for (ConvolutionShape shape : KernelCases.convolutions()) {
      INDArray[] floats = convolutionAndGradients(shape, DataType.FLOAT);
      INDArray[] halves = convolutionAndGradients(shape, DataType.FLOAT16);
      for (int i = 0; i < floats.length; i++) {
        assertThat(halves[i].castTo(DataType.FLOAT).equalsWithEps(floats[i], 0.2))
            .as("%s [%d]", shape, i)
            .isTrue();
      }
    }
  }

  private INDArray[] convolutionAndGradients(ConvolutionShape shape, DataType type) {
    ConvolutionKernel kernel = kernels.convolution(shape);
    INDArray x = KernelCases.array(type, 1, shape.input().dimensions());
    INDArray weights = KernelCases.array(type, 2, shape.weights());
    INDArray dy = KernelCases.array(type, 3, shape.output().dimensions());
    INDArray y = dy.ulike();
    INDArray dx = x.ulike();
    INDArray dWeights = weights.ulike();
    kernel.forward(x, weights, null, y);
    kernel.backward(x, weights, dy, dx, dWeights, null);
    return new INDArray[] {y, dx, dWeights};
  }
}
