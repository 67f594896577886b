package org.food4j.models.architecture;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.InvertedResidual;
import org.food4j.models.block.NetworkBuilder;
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
   * @param batchNormEps added to the variance
   */
  public record Variant(
      String name, double width, double depth, int inputSize, double batchNormEps) {}

  /** The base network. */
  public static final Variant B0 = new Variant("efficientnet_b0", 1, 1, 224, 1e-5);

  /** A row of the paper's table 1. */
  private record Stage(int expansion, int kernel, int stride, int channels, int blocks) {}

  private static final List<Stage> STAGES =
      List.of(
          new Stage(1, 3, 1, 16, 1),
          new Stage(6, 3, 2, 24, 2),
          new Stage(6, 5, 2, 40, 2),
          new Stage(6, 3, 2, 80, 3),
          new Stage(6, 5, 1, 112, 3),
          new Stage(6, 5, 2, 192, 4),
          new Stage(6, 3, 1, 320, 1));

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
  public List<String> stages() {
    List<String> stages = new ArrayList<>();
    for (int stage = 0; stage <= STAGES.size() + 1; stage++) {
      stages.add("features." + stage);
    }
    stages.add("classifier");
    return stages;
  }

  @Override
  public void wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, variant.batchNormEps());
    int channels = widened(STEM);
    Convolution stem = new Convolution(channels, 3).stride(2).onPhotos();
    String x = convolution(net, "features.0", INPUT, stem);
    for (int stage = 0; stage < STAGES.size(); stage++) {
      Stage row = STAGES.get(stage);
      int blocks = (int) Math.ceil(row.blocks() * variant.depth());
      int outputs = widened(row.channels());
      for (int block = 0; block < blocks; block++) {
        int stride = block == 0 ? row.stride() : 1;
        int expanded = divisible(channels * row.expansion());
        x =
            new InvertedResidual(channels, outputs, expanded, row.kernel(), stride)
                .wire(net, "features." + (stage + 1) + "." + block, x);
        channels = outputs;
      }
    }
    Convolution head = new Convolution(HEAD_EXPANSION * channels, 1);
    x = convolution(net, "features." + (STAGES.size() + 1), x, head);
    x = net.globalAverage("avgpool", x);
    if (spec.dropout() > 0) {
      x = net.dropout("classifier.0", x, spec.dropout());
    }
    net.dense(logits(), x, spec.classes(), Activation.IDENTITY);
  }

  private static String convolution(
      NetworkBuilder net, String module, String input, Convolution shape) {
    return net.convolution(module + ".0", module + ".1", input, shape.then(Activation.SWISH));
  }

  private int widened(int channels) {
    return divisible(channels * variant.width());
  }

  /** The nearest multiple of 8, but not more than a tenth below. */
  private static int divisible(double channels) {
    int nearest = Math.max(8, (int) (channels + 4) / 8 * 8);
    return nearest < 0.9 * channels ? nearest + 8 : nearest;
  }
}
