package org.food4j.models.onnx.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.graph.L2NormalizeVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SpaceToDepthLayer;
import org.deeplearning4j.nn.conf.layers.Subsampling3DLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.Upsampling3D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Attention;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.layer.AdditionVertex;
import org.food4j.models.layer.BatchNorm2d;
import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelRowSwap2d;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.Flatten2d;
import org.food4j.models.layer.FunctionLayer;
import org.food4j.models.layer.GlobalMeanMax2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.LayerNorm2d;
import org.food4j.models.layer.Normalization;
import org.food4j.models.layer.Pool2d;
import org.food4j.models.layer.Pooling;
import org.food4j.models.layer.PositionScaleVertex;
import org.food4j.models.layer.PositionSum2d;
import org.food4j.models.layer.SelfAttention2d;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OfficialChecker;
import org.food4j.models.onnx.OnnxModelFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Holds exported files against the ONNX project's own checker and shape inference. */
@SuppressWarnings("rawtypes") // a builder of DL4J asks for a type of itself
class OfficialCheckerTest {
  private static final ModelCard CARD =
      ModelCard.of(Labels.of(List.of("pizza", "salad")), Preprocessing.imagenet(32));

  @TempDir Path folder;

  @BeforeAll
  static void requireOnnxForPython() throws IOException, InterruptedException {
    OfficialChecker.require();
  }

  @ParameterizedTest
  @CsvSource({
    "se_cnn, 32",
    "attention_cnn, 32",
    "seed_cnn, 256",
    "mobilenet_v3_small, 32",
    "efficientnet_b0, 33"
  })
  void checker_architecture_accepts(String name, int size) throws Exception {
    NetworkSpec spec = new NetworkSpec(2, size);
    assertAccepted(
        new OnnxExporter()
            .export(Architectures.named(name).graph(spec, 1), ExportOptions.photos(size)));
  }

  @Test
  void checker_architectureWithItsOptions_accepts() throws Exception {
    NetworkSpec spec =
        new NetworkSpec(2, 33)
            .toBuilder()
                .dropout(0.2)
                .stochasticDepth(0.2)
                .attention(Attention.ECA)
                .batchNormEps(1e-3)
                .padding(PaddingRule.SAME)
                .identityBlocks(Set.of("features.6.3"))
                .build();
    assertAccepted(
        new OnnxExporter()
            .export(
                Architectures.named("efficientnet_b0").graph(spec, 1), ExportOptions.photos(33)));
  }

  @Test
  void checker_graphOfOurLayers_accepts() throws Exception {
    InputType image = ExportedGraph.image(9, 11, 3);
    Normalization norm = new Normalization(1e-3, 0.1, null);
    assertAccepted(
        ExportedGraph.of(
                image,
                ExportedGraph.builder(image)
                    .addLayer(
                        "conv",
                        new Conv2d.Builder(4, 3, 3)
                            .stride(2, 2)
                            .samePadding()
                            .normalization(norm)
                            .activation(new HardSwish())
                            .build(),
                        ExportedGraph.INPUT)
                    .addLayer(
                        "depthwise",
                        new Conv2d.Builder(4, 3, 3)
                            .padding(2, 2)
                            .dilation(2, 2)
                            .groups(4)
                            .bias(false)
                            .activation(Activation.SWISH)
                            .build(),
                        "conv")
                    .addLayer("norm", new BatchNorm2d.Builder(norm).build(), "depthwise")
                    .addLayer("max", new GlobalPool2d(Pooling.MAX, true), "norm")
                    .addVertex("flat", new ChannelScaleVertex(), "norm", "max")
                    .addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), "norm")
                    .addVertex("scale", new ChannelScaleVertex(), "flat", "mean")
                    .addVertex(
                        "sum",
                        new AdditionVertex(Activation.RELU.getActivationFunction()),
                        "scale",
                        "conv")
                    .addVertex("merge", new MergeVertex(), "sum", "norm")
                    .addLayer("act", new FunctionLayer(new HardSigmoid()), "merge")
                    .addLayer("maxpool", new Pool2d(Pooling.MAX, 3, 1, 1), "act")
                    .addLayer("avgpool", new Pool2d(Pooling.AVERAGE, 3, 2, 1), "maxpool"),
                "avgpool")
            .model());
  }

  @Test
  void checker_graphOfAttentionModules_accepts() throws Exception {
    InputType image = ExportedGraph.image(9, 11, 12);
    assertAccepted(
        ExportedGraph.of(
                image,
                ExportedGraph.builder(image)
                    .addLayer("norm", new LayerNorm2d.Builder(1e-5).build(), ExportedGraph.INPUT)
                    .addLayer("heads", new SelfAttention2d(2), "norm")
                    .addLayer("both", new GlobalMeanMax2d(), "heads")
                    .addLayer(
                        "sum",
                        new PositionSum2d(Activation.SIGMOID.getActivationFunction()),
                        "both")
                    .addLayer("column", new ChannelRowSwap2d(), "sum")
                    .addLayer("factors", new ChannelRowSwap2d(), "column")
                    .addVertex("channels", new ChannelScaleVertex(), "heads", "factors")
                    .addLayer("stacked", new ChannelMeanMax2d(), "channels")
                    .addLayer("place", new Conv2d.Builder(1, 1, 1).build(), "stacked")
                    .addVertex("positions", new PositionScaleVertex(), "channels", "place")
                    .addLayer("pool", Pool2d.same(Pooling.MAX, 3, 2), "positions")
                    .addLayer("flat", new Flatten2d(), "pool"),
                "flat")
            .model());
  }

  @Test
  void checker_graphOfStockLayers_accepts() throws Exception {
    InputType image = ExportedGraph.image(9, 11, 3);
    assertAccepted(
        ExportedGraph.of(
                image,
                ExportedGraph.builder(image)
                    .addLayer(
                        "conv",
                        new ConvolutionLayer.Builder(3, 3)
                            .nOut(4)
                            .stride(2, 2)
                            .convolutionMode(ConvolutionMode.Same)
                            .activation(Activation.RELU6)
                            .build(),
                        ExportedGraph.INPUT)
                    .addLayer(
                        "depthwise",
                        new DepthwiseConvolution2D.Builder(3, 3)
                            .nOut(8)
                            .depthMultiplier(2)
                            .convolutionMode(ConvolutionMode.Same)
                            .activation(Activation.GELU)
                            .build(),
                        "conv")
                    .addLayer("norm", new BatchNormalization(), "depthwise")
                    .addVertex("merge", new MergeVertex(), "conv", "norm")
                    .addLayer("act", new ActivationLayer(Activation.HARDSIGMOID), "merge")
                    .addLayer(
                        "pool",
                        new SubsamplingLayer.Builder(PoolingType.AVG)
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .build(),
                        "act")
                    .addLayer(
                        "fc",
                        new DenseLayer.Builder().nOut(5).activation(Activation.SELU).build(),
                        "pool")
                    .addLayer(
                        "out",
                        new OutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(2)
                            .activation(Activation.SOFTMAX)
                            .build(),
                        "fc"),
                "out")
            .model());
  }

  @ParameterizedTest
  @EnumSource
  void checker_imageLayersOfBothLayouts_accepts(CNN2DFormat format) throws Exception {
    InputType image = ExportedGraph.image(8, 10, 4, format);
    assertAccepted(
        ExportedGraph.of(
                image,
                ExportedGraph.builder(image)
                    .addLayer(
                        "separable",
                        new SeparableConvolution2D.Builder(3, 3)
                            .nOut(6)
                            .convolutionMode(ConvolutionMode.Same)
                            .dataFormat(format)
                            .activation(Activation.MISH)
                            .build(),
                        ExportedGraph.INPUT)
                    .addLayer(
                        "lrn",
                        new LocalResponseNormalization.Builder().dataFormat(format).build(),
                        "separable")
                    .addLayer(
                        "up",
                        new Deconvolution2D.Builder(2, 2)
                            .nOut(3)
                            .stride(2, 2)
                            .dataFormat(format)
                            .activation(Activation.RATIONALTANH)
                            .build(),
                        "lrn")
                    .addLayer("depth", new SpaceToDepthLayer.Builder(2, format).build(), "up")
                    .addLayer(
                        "pad",
                        new ZeroPaddingLayer.Builder(1, 1, 2, 0).dataFormat(format).build(),
                        "depth")
                    .addLayer(
                        "max",
                        new SubsamplingLayer.Builder(PoolingType.MAX)
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .dataFormat(format)
                            .build(),
                        "pad")
                    .addLayer(
                        "repeat", new Upsampling2D.Builder(2).dataFormat(format).build(), "max")
                    .addLayer(
                        "crop",
                        new Cropping2D.Builder(1, 1, 2, 0).dataFormat(format).build(),
                        "repeat")
                    .addVertex("merge", new MergeVertex(), "crop", "crop")
                    .addVertex("norm", new L2NormalizeVertex(), "merge")
                    .addVertex("shift", new ShiftVertex(0.5), "norm")
                    .addLayer(
                        "power",
                        new SubsamplingLayer.Builder(PoolingType.PNORM)
                            .kernelSize(2, 2)
                            .stride(2, 2)
                            .pnorm(2)
                            .dataFormat(format)
                            .build(),
                        "shift")
                    .addLayer(
                        "loss",
                        new CnnLossLayer.Builder()
                            .format(format)
                            .activation(Activation.SOFTMAX)
                            .build(),
                        "power"),
                "loss")
            .model());
  }

  @ParameterizedTest
  @EnumSource
  void checker_flattenedMaps_accepts(CNN2DFormat format) throws Exception {
    InputType image = ExportedGraph.image(5, 6, 4, format);
    assertAccepted(
        ExportedGraph.of(
                image,
                new DenseLayer.Builder()
                    .nOut(3)
                    .hasLayerNorm(true)
                    .activation(new ActivationGELU(true))
                    .build())
            .model());
  }

  @ParameterizedTest
  @EnumSource
  void checker_volumes_accepts(Convolution3D.DataFormat format) throws Exception {
    InputType volume = ExportedGraph.volume(4, 6, 8, 2, format);
    assertAccepted(
        ExportedGraph.of(
                volume,
                ExportedGraph.builder(volume)
                    .addLayer(
                        "conv",
                        new Convolution3D.Builder(3, 3, 3)
                            .nOut(4)
                            .convolutionMode(ConvolutionMode.Same)
                            .dataFormat(format)
                            .activation(new ActivationReLU(2.0, 0.5, 0.1))
                            .build(),
                        ExportedGraph.INPUT)
                    .addLayer(
                        "mean",
                        new Subsampling3DLayer.Builder(PoolingType.AVG)
                            .kernelSize(2, 2, 2)
                            .stride(2, 2, 2)
                            .dataFormat(format)
                            .build(),
                        "conv")
                    .addLayer("up", new Upsampling3D.Builder(2).dataFormat(format).build(), "mean"),
                "up")
            .model());
  }

  @ParameterizedTest
  @EnumSource
  void checker_sequences_accepts(RNNFormat format) throws Exception {
    InputType sequence = ExportedGraph.sequence(12, 3, format);
    assertAccepted(
        ExportedGraph.of(
                sequence,
                new Convolution1DLayer.Builder(3)
                    .nOut(4)
                    .rnnDataFormat(format)
                    .convolutionMode(ConvolutionMode.Causal)
                    .activation(Activation.SELU)
                    .build())
            .model());
  }

  private void assertAccepted(ModelProto model) throws IOException, InterruptedException {
    OfficialChecker.assertAccepts(OnnxModelFile.withCard(model, CARD), folder);
  }
}
