package org.food4j.models.architecture;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.ResidualBlock;
import org.nd4j.linalg.activations.Activation;

/**
 * A small residual network with squeeze-and-excitation, for training from scratch on a few thousand
 * photos: a 3x3 stem of stride 2, one residual block of stride 2 per stage, global average pooling
 * and a linear classifier.
 *
 * <p>After Hu et al. 2018 (arXiv 1709.01507), SE-ResNet, with two deviations for small data sets:
 * one block per stage instead of two, and a last stage no wider than the third.
 */
public record SeCnn(Variant variant) implements Architecture {
  /**
   * A row of the family's table.
   *
   * @param name on the command line
   * @param stem channels after the stem
   * @param widths channels of the stages
   * @param reduction of squeeze-and-excitation
   * @param inputSize in pixels
   */
  public record Variant(
      String name, int stem, List<Integer> widths, int reduction, int inputSize) {}

  /** 2,482,990 trainable parameters with 34 classes. */
  public static final Variant S = new Variant("se_cnn", 32, List.of(64, 128, 256, 256), 16, 224);

  private static final double BATCH_NORM_EPS = 1e-5;

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
    return "Hu et al. 2018, arXiv 1709.01507";
  }

  @Override
  public String logits() {
    return "fc";
  }

  @Override
  public List<String> stages() {
    List<String> stages = new ArrayList<>(List.of("stem"));
    for (int stage = 0; stage < variant.widths().size(); stage++) {
      stages.add("stages." + stage);
    }
    stages.add(logits());
    return stages;
  }

  @Override
  public void wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, BATCH_NORM_EPS);
    Convolution stem = new Convolution(variant.stem(), 3).stride(2).onPhotos();
    String x = net.convolution("stem.0", "stem.1", INPUT, stem.then(Activation.RELU));
    int channels = variant.stem();
    for (int stage = 0; stage < variant.widths().size(); stage++) {
      int width = variant.widths().get(stage);
      x =
          new ResidualBlock(channels, width, 2, variant.reduction())
              .wire(net, "stages." + stage, x);
      channels = width;
    }
    x = net.globalAverage("avgpool", x);
    if (spec.dropout() > 0) {
      x = net.dropout("dropout", x, spec.dropout());
    }
    net.dense(logits(), x, spec.classes(), Activation.IDENTITY);
  }
}
