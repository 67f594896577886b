package org.food4j.models.architecture;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.DropRates;
import org.food4j.models.block.FusedInvertedResidual;
import org.food4j.models.block.InvertedResidual;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.SqueezeExcitation;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;

/**
 * EfficientNetV2 (Tan and Le 2021, arXiv 2104.00298, table 4): fused inverted residuals in the
 * early stages. Modules are named as in torchvision.
 */
public record EfficientNetV2(Variant variant) implements Architecture {
  /**
   * A row of the paper's table.
   *
   * @param fused whether one full convolution replaces expansion and depthwise convolution; without
   *     attention then
   */
  public record Row(boolean fused, int expansion, int stride, int channels, int blocks) {
    private static Row fused(int expansion, int stride, int channels, int blocks) {
      return new Row(true, expansion, stride, channels, blocks);
    }

    private static Row separable(int expansion, int stride, int channels, int blocks) {
      return new Row(false, expansion, stride, channels, blocks);
    }
  }

  /**
   * A member of the family.
   *
   * @param name on the command line
   * @param stem channels of the first convolution
   * @param stages from the first to the last
   * @param inputSize in pixels
   */
  public record Variant(String name, int stem, List<Row> stages, int inputSize) {}

  /** The smallest published network. */
  public static final Variant S =
      new Variant(
          "efficientnet_v2_s",
          24,
          List.of(
              Row.fused(1, 1, 24, 2),
              Row.fused(4, 2, 48, 4),
              Row.fused(4, 2, 64, 4),
              Row.separable(4, 2, 128, 6),
              Row.separable(6, 1, 160, 9),
              Row.separable(6, 2, 256, 15)),
          384);

  private static final double BATCH_NORM_EPS = 1e-3;
  private static final int KERNEL = 3;
  private static final int LAST_CHANNELS = 1280;

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
    return "Tan and Le 2021, arXiv 2104.00298";
  }

  @Override
  public String logits() {
    return "classifier.1";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(BATCH_NORM_EPS));
    DropRates rates =
        new DropRates(
            spec.stochasticDepth(), variant.stages().stream().mapToInt(Row::blocks).sum());
    int channels = variant.stem();
    Convolution stem =
        new Convolution(channels, KERNEL).stride(2).then(Activation.SWISH).onPhotos();
    String x = net.convolutionStage("features.0", INPUT, stem);
    for (int stage = 0; stage < variant.stages().size(); stage++) {
      Row row = variant.stages().get(stage);
      String name = "features." + (stage + 1);
      net.stage(name);
      for (int block = 0; block < row.blocks(); block++) {
        int stride = block == 0 ? row.stride() : 1;
        x = block(row, channels, stride, spec, rates.next(), net, name + "." + block, x);
        channels = row.channels();
      }
    }
    Convolution last = new Convolution(LAST_CHANNELS, 1).then(Activation.SWISH);
    x = net.convolutionStage("features." + (variant.stages().size() + 1), x, last);
    return new LinearHead(spec.classes(), spec.dropout())
        .wire(net, "classifier", "classifier.0", logits(), x);
  }

  private static String block(
      Row row,
      int channels,
      int stride,
      NetworkSpec spec,
      double dropRate,
      NetworkBuilder net,
      String name,
      String input) {
    if (row.fused()) {
      return new FusedInvertedResidual(
              channels, row.channels(), row.expansion(), KERNEL, stride, dropRate)
          .wire(net, name, input);
    }
    int expanded = channels * row.expansion();
    return new InvertedResidual(
            channels,
            row.channels(),
            expanded,
            KERNEL,
            stride,
            Activation.SWISH.getActivationFunction(),
            spec.attention()
                .blockOr(
                    expanded,
                    Optional.of(SqueezeExcitation.ofInvertedResidual(channels, expanded))),
            dropRate)
        .wire(net, name, input);
  }
}
