package org.food4j.models.architecture;

import static org.food4j.models.block.ChannelCounts.divisible;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.activation.HardSigmoid;
import org.food4j.models.activation.HardSwish;
import org.food4j.models.block.AttentionBlock;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.DropRates;
import org.food4j.models.block.InvertedResidual;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.SqueezeExcitation;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * MobileNetV3 (Howard et al. 2019, arXiv 1905.02244, tables 1 and 2). Modules are named as in
 * torchvision; as there, dropout comes before the last linear layer, at the rate that was asked for
 * (the paper's is 0.2).
 */
public record MobileNetV3(Variant variant) implements Architecture {
  /**
   * A row of the paper's tables: an inverted residual block.
   *
   * @param kernel of the depthwise convolution
   * @param expanded channels in between
   * @param channels of the output
   * @param squeezed whether squeeze-and-excitation weighs the channels
   * @param hard whether the function is a hard swish, else a rectifier
   * @param stride of the depthwise convolution
   */
  public record Row(
      int kernel, int expanded, int channels, boolean squeezed, boolean hard, int stride) {}

  /**
   * A member of the family.
   *
   * @param name on the command line
   * @param rows the blocks
   * @param hidden width of the classifier's hidden layer
   */
  public record Variant(String name, List<Row> rows, int hidden) {}

  /** The paper's table 1. */
  public static final Variant LARGE =
      new Variant(
          "mobilenet_v3_large",
          List.of(
              new Row(3, 16, 16, false, false, 1),
              new Row(3, 64, 24, false, false, 2),
              new Row(3, 72, 24, false, false, 1),
              new Row(5, 72, 40, true, false, 2),
              new Row(5, 120, 40, true, false, 1),
              new Row(5, 120, 40, true, false, 1),
              new Row(3, 240, 80, false, true, 2),
              new Row(3, 200, 80, false, true, 1),
              new Row(3, 184, 80, false, true, 1),
              new Row(3, 184, 80, false, true, 1),
              new Row(3, 480, 112, true, true, 1),
              new Row(3, 672, 112, true, true, 1),
              new Row(5, 672, 160, true, true, 2),
              new Row(5, 960, 160, true, true, 1),
              new Row(5, 960, 160, true, true, 1)),
          1280);

  /** The paper's table 2. */
  public static final Variant SMALL =
      new Variant(
          "mobilenet_v3_small",
          List.of(
              new Row(3, 16, 16, true, false, 2),
              new Row(3, 72, 24, false, false, 2),
              new Row(3, 88, 24, false, false, 1),
              new Row(5, 96, 40, true, true, 2),
              new Row(5, 240, 40, true, true, 1),
              new Row(5, 240, 40, true, true, 1),
              new Row(5, 120, 48, true, true, 1),
              new Row(5, 144, 48, true, true, 1),
              new Row(5, 288, 96, true, true, 2),
              new Row(5, 576, 96, true, true, 1),
              new Row(5, 576, 96, true, true, 1)),
          1024);

  private static final double BATCH_NORM_EPS = 1e-3;
  private static final int STEM = 16;
  private static final int LAST_EXPANSION = 6;

  @Override
  public String name() {
    return variant.name();
  }

  @Override
  public int inputSize() {
    return 224;
  }

  @Override
  public String paper() {
    return "Howard et al. 2019, arXiv 1905.02244";
  }

  @Override
  public String logits() {
    return "classifier.3";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(BATCH_NORM_EPS));
    DropRates rates = new DropRates(spec.stochasticDepth(), variant.rows().size());
    Convolution stem = new Convolution(STEM, 3).stride(2).then(new HardSwish()).onPhotos();
    String x = net.convolutionStage("features.0", INPUT, stem);
    int channels = STEM;
    for (int block = 0; block < variant.rows().size(); block++) {
      Row row = variant.rows().get(block);
      String name = "features." + (block + 1);
      net.stage(name);
      x =
          new InvertedResidual(
                  channels,
                  row.channels(),
                  row.expanded(),
                  row.kernel(),
                  row.stride(),
                  row.hard() ? new HardSwish() : Activation.RELU.getActivationFunction(),
                  spec.attention().blockOr(row.expanded(), squeeze(row)),
                  rates.next())
              .wire(net, name, x);
      channels = row.channels();
    }
    Convolution last = new Convolution(LAST_EXPANSION * channels, 1).then(new HardSwish());
    x = net.convolutionStage("features." + (variant.rows().size() + 1), x, last);
    if (spec.head() == Head.LINEAR) {
      return new LinearHead(spec.classes(), spec.dropout())
          .wire(net, "classifier", "classifier.2", logits(), x);
    }
    net.stage("classifier");
    String pooled = net.globalAverage("avgpool", x);
    x = net.dense("classifier.0", pooled, variant.hidden(), new HardSwish());
    x = net.dropout("classifier.2", x, spec.dropout());
    net.dense(logits(), x, spec.classes());
    return net.finish(pooled);
  }

  private static Optional<AttentionBlock> squeeze(Row row) {
    IActivation rectifier = Activation.RELU.getActivationFunction();
    return row.squeezed()
        ? Optional.of(
            new SqueezeExcitation(
                row.expanded(), divisible(row.expanded() / 4), rectifier, new HardSigmoid()))
        : Optional.empty();
  }
}
