package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;

class PreprocessorConvertersTest {
  private static final DenseLayer DENSE =
      new DenseLayer.Builder().nOut(5).activation(Activation.IDENTITY).build();

  @Test
  void flatten_beforeDense_agrees() {
    ExportedGraph exported = ExportedGraph.of(ExportedGraph.image(3, 5, 2), DENSE.clone());

    exported.assertSameOutput();
    assertThat(exported.model().getGraph().getNodeList())
        .extracting(NodeProto::getName)
        .containsExactly("layer/input", "layer");
  }

  @Test
  void unflatten_beforeConvolution_agrees() {
    InputType flat = InputType.convolutionalFlat(5, 7, 2);
    ConvolutionLayer layer =
        new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build();

    ExportedGraph.of(flat, layer).assertSameOutput();
  }

  @Test
  void preprocessorVertex_flatten_agrees() {
    InputType image = ExportedGraph.image(3, 5, 2);
    ExportedGraph.of(
            image,
            ExportedGraph.builder(image)
                .addVertex(
                    "flat",
                    new PreprocessorVertex(new CnnToFeedForwardPreProcessor(3, 5, 2)),
                    ExportedGraph.INPUT)
                .addLayer("fc", DENSE.clone(), "flat"),
            "fc")
        .assertSameOutput();
  }
}
