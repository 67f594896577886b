package org.food4j.models.architecture;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * A plain convolutional network as beginners write it: four 3x3 convolutions with max pooling, ever
 * narrower, and three linear layers. The baseline that the others must beat.
 *
 * <p>Its own head reads maps of {@value #HEAD_MAP} x {@value #HEAD_MAP}: inputs of 256 to 271
 * pixels. No paper.
 */
public record SeedCnn(Variant variant) implements Architecture {
  /**
   * A row of the table.
   *
   * @param name on the command line
   * @param widths channels of the convolutions
   * @param hidden widths of the hidden linear layers
   */
  public record Variant(String name, List<Integer> widths, List<Integer> hidden) {}

  /** 304,776 trainable parameters with 34 classes. */
  public static final Variant SEED =
      new Variant("seed_cnn", List.of(128, 64, 32, 6), List.of(128, 64));

  private static final int HEAD_MAP = 16;
  private static final double NO_BATCH_NORM = 1e-5;

  @Override
  public String name() {
    return variant.name();
  }

  @Override
  public int inputSize() {
    return HEAD_MAP << variant.widths().size();
  }

  @Override
  public String paper() {
    return "a plain baseline";
  }

  @Override
  public String logits() {
    return "classifier." + 2 * variant.hidden().size();
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    spec.requirePlain(name());
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(NO_BATCH_NORM));
    String x = INPUT;
    for (int i = 0; i < variant.widths().size(); i++) {
      String module = "features." + 3 * i;
      net.stage(module);
      Convolution convolution =
          new Convolution(variant.widths().get(i), 3).withBias().then(Activation.RELU);
      x = net.convolution(module, x, i == 0 ? convolution.onPhotos() : convolution);
      x = net.halvingMaxPool("features." + (3 * i + 2), x);
    }
    if (spec.head() == Head.LINEAR) {
      return new LinearHead(spec.classes(), spec.dropout())
          .wire(net, "classifier", "dropout", logits(), x);
    }
    int map = spec.inputSize() >> variant.widths().size();
    if (map != HEAD_MAP) {
      throw new IllegalArgumentException(
          "%s's own head reads maps of %s x %s: set input_size to %s, not %s, or head to linear"
              .formatted(name(), HEAD_MAP, HEAD_MAP, inputSize(), spec.inputSize()));
    }
    net.stage("classifier");
    String pooled = net.flatten("flatten", x);
    IActivation rectifier = Activation.RELU.getActivationFunction();
    x = pooled;
    for (int i = 0; i < variant.hidden().size(); i++) {
      x = net.dense("classifier." + 2 * i, x, variant.hidden().get(i), rectifier);
    }
    net.dense(logits(), net.dropout("dropout", x, spec.dropout()), spec.classes());
    return net.finish(pooled);
  }
}
