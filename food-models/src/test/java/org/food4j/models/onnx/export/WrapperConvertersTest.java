package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import org.deeplearning4j.nn.conf.graph.FrozenVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

class WrapperConvertersTest {
  private static final InputType IMAGE = ExportedGraph.image(5, 6, 3);

  @Test
  void frozenLayers_computeAsTheirInner() {
    ConvolutionLayer inner =
        new ConvolutionLayer.Builder(3, 3).nIn(3).nOut(4).activation(Activation.TANH).build();

    ExportedGraph.of(IMAGE, new FrozenLayer(inner)).assertSameOutput();
    ExportedGraph.of(IMAGE, new FrozenLayerWithBackprop(inner.clone())).assertSameOutput();
  }

  @Test
  void frozenVertex_computesAsItsInner() {
    ExportedGraph.of(
            IMAGE,
            ExportedGraph.builder(IMAGE)
                .addVertex("scale", new FrozenVertex(new ScaleVertex(3)), ExportedGraph.INPUT),
            "scale")
        .assertSameOutput();
  }

  @Test
  void transferLearning_frozenBackbone_agrees() {
    ComputationGraph original =
        ExportedGraph.initialised(
            ExportedGraph.builder(IMAGE)
                .addLayer(
                    "conv",
                    new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build(),
                    ExportedGraph.INPUT)
                .addLayer(
                    "fc",
                    new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build(),
                    "conv"),
            "fc");
    ComputationGraph frozen =
        new TransferLearning.GraphBuilder(original).setFeatureExtractor("conv").build();

    ExportedGraph exported = new ExportedGraph(frozen, IMAGE);

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getOpType)
        .containsExactly("Conv", "Relu", "Flatten", "Gemm");
  }
}
