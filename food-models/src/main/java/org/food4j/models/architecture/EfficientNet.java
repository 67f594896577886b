package org.food4j.models.architecture;

import static org.food4j.models.block.ChannelCounts.divisible;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.DropRates;
import org.food4j.models.block.InvertedResidual;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.SqueezeExcitation;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;

/**
 * EfficientNet (Tan and Le 2019, arXiv 1905.11946, table 1): inverted residual blocks, widened and
 * deepened together. Modules are named as in torchvision.
 */
public record EfficientNet(Variant variant) implements Architecture {
  /**
   * A row of the family's table.
   *
   * @param name on the command line
   * @param width factor of the channels
   * @param depth factor of the blocks per stage
   * @param inputSize in pixels
   * @param batchNormEps added to the variance; the larger networks were published by TensorFlow's
   *     users, with its default
   */
  public record Variant(
      String name, double width, double depth, int inputSize, double batchNormEps) {}

  /** The published networks. */
  public static final List<Variant> VARIANTS =
      List.of(
          new Variant("efficientnet_b0", 1.0, 1.0, 224, 1e-5),
          new Variant("efficientnet_b1", 1.0, 1.1, 240, 1e-5),
          new Variant("efficientnet_b2", 1.1, 1.2, 288, 1e-5),
          new Variant("efficientnet_b3", 1.2, 1.4, 300, 1e-5),
          new Variant("efficientnet_b4", 1.4, 1.8, 380, 1e-5),
          new Variant("efficientnet_b5", 1.6, 2.2, 456, 1e-3),
          new Variant("efficientnet_b6", 1.8, 2.6, 528, 1e-3),
          new Variant("efficientnet_b7", 2.0, 3.1, 600, 1e-3));

  /** A row of the paper's table 1. */
  private record Row(int expansion, int kernel, int stride, int channels, int blocks) {}

  private static final List<Row> STAGES =
      List.of(
          new Row(1, 3, 1, 16, 1),
          new Row(6, 3, 2, 24, 2),
          new Row(6, 5, 2, 40, 2),
          new Row(6, 3, 2, 80, 3),
          new Row(6, 5, 1, 112, 3),
          new Row(6, 5, 2, 192, 4),
          new Row(6, 3, 1, 320, 1));

  private static final int STEM = 32;
  private static final int HEAD_EXPANSION = 4;

  @Override
  public String name() {
    return variant.name();
  }

  @Override
  public int inputSize() {
    return variant.inputSize();
  }

  @Override
  public String paper() {
    return "Tan and Le 2019, arXiv 1905.11946";
  }

  @Override
  public String logits() {
    return "classifier.1";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(variant.batchNormEps()));
    DropRates rates =
        new DropRates(spec.stochasticDepth(), STAGES.stream().mapToInt(this::blocks).sum());
    int channels = widened(STEM);
    Convolution stem = new Convolution(channels, 3).stride(2).then(Activation.SWISH).onPhotos();
    String x = net.convolutionStage("features.0", INPUT, stem);
    for (int stage = 0; stage < STAGES.size(); stage++) {
      Row row = STAGES.get(stage);
      String name = "features." + (stage + 1);
      net.stage(name);
      for (int block = 0; block < blocks(row); block++) {
        int outputs = widened(row.channels());
        int expanded = divisible(channels * row.expansion());
        x =
            new InvertedResidual(
                    channels,
                    outputs,
                    expanded,
                    row.kernel(),
                    block == 0 ? row.stride() : 1,
                    Activation.SWISH.getActivationFunction(),
                    spec.attention()
                        .blockOr(
                            expanded,
                            Optional.of(SqueezeExcitation.ofInvertedResidual(channels, expanded))),
                    rates.next())
                .wire(net, name + "." + block, x);
        channels = outputs;
      }
    }
    Convolution last = new Convolution(HEAD_EXPANSION * channels, 1).then(Activation.SWISH);
    x = net.convolutionStage("features." + (STAGES.size() + 1), x, last);
    return new LinearHead(spec.classes(), spec.dropout())
        .wire(net, "classifier", "classifier.0", logits(), x);
  }

  private int blocks(Row stage) {
    return (int) Math.ceil(stage.blocks() * variant.depth());
  }

  private int widened(int channels) {
    return divisible(channels * variant.width());
  }
}
