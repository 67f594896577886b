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
 * VGG (Simonyan and Zisserman 2015, arXiv 1409.1556, table 1), also with batch normalisation behind
 * each convolution. Modules are named as in torchvision.
 *
 * <p>Its own head reads maps of {@value #HEAD_MAP} x {@value #HEAD_MAP}. Larger ones are averaged
 * to that where their size is a multiple of it, as torchvision's adaptive pooling does. Dropout is
 * in front of the last two linear layers, at the rate that was asked for (the paper's is 0.5).
 */
public record Vgg(Variant variant) implements Architecture {
  /**
   * A row of the paper's table.
   *
   * @param name on the command line
   * @param stages channels of each stage's convolutions
   * @param normalised whether batch normalisation follows each convolution
   */
  public record Variant(String name, List<List<Integer>> stages, boolean normalised) {}

  private static final List<List<Integer>> COLUMN_D =
      List.of(
          List.of(64, 64),
          List.of(128, 128),
          List.of(256, 256, 256),
          List.of(512, 512, 512),
          List.of(512, 512, 512));

  /** The paper's column D. */
  public static final Variant VGG16 = new Variant("vgg16", COLUMN_D, false);

  /** Column D with batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167). */
  public static final Variant VGG16_BN = new Variant("vgg16_bn", COLUMN_D, true);

  private static final double BATCH_NORM_EPS = 1e-5;
  private static final int HEAD_MAP = 7;
  private static final int HIDDEN = 4096;

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
    return "Simonyan and Zisserman 2015, arXiv 1409.1556";
  }

  @Override
  public String logits() {
    return "classifier.6";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    spec.requirePlain(name());
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(BATCH_NORM_EPS));
    String x = INPUT;
    int module = 0;
    for (int stage = 0; stage < variant.stages().size(); stage++) {
      net.stage("block" + (stage + 1));
      for (int filters : variant.stages().get(stage)) {
        Convolution shape = new Convolution(filters, 3).withBias().then(Activation.RELU);
        x = convolution(net, module, x, module == 0 ? shape.onPhotos() : shape);
        module += variant.normalised() ? 3 : 2;
      }
      x = net.halvingMaxPool("features." + module++, x);
    }
    return spec.head() == Head.LINEAR
        ? new LinearHead(spec.classes(), spec.dropout())
            .wire(net, "classifier", "classifier.5", logits(), x)
        : head(net, spec, x);
  }

  private String convolution(NetworkBuilder net, int module, String input, Convolution shape) {
    String name = "features." + module;
    return variant.normalised()
        ? net.convolution(name, "features." + (module + 1), input, shape)
        : net.convolution(name, input, shape);
  }

  private Wiring head(NetworkBuilder net, NetworkSpec spec, String maps) {
    int size = spec.inputSize() >> variant.stages().size();
    if (size % HEAD_MAP != 0) {
      throw new IllegalArgumentException(
          "%s's own head reads maps of %s x %s: set input_size to %s or a multiple of it, not %s, or head to linear"
              .formatted(name(), HEAD_MAP, HEAD_MAP, inputSize(), spec.inputSize()));
    }
    net.stage("classifier");
    String x = maps;
    if (size > HEAD_MAP) {
      x = net.averagePool("avgpool", x, size / HEAD_MAP);
    }
    IActivation rectifier = Activation.RELU.getActivationFunction();
    String pooled = net.flatten("flatten", x);
    x = net.dense("classifier.0", pooled, HIDDEN, rectifier);
    x = net.dropout("classifier.2", x, spec.dropout());
    x = net.dense("classifier.3", x, HIDDEN, rectifier);
    x = net.dropout("classifier.5", x, spec.dropout());
    net.dense(logits(), x, spec.classes());
    return net.finish(pooled);
  }
}
