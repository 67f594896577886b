package org.food4j.models.architecture;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Bottleneck;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.NetworkBuilder;
import org.nd4j.linalg.activations.Activation;

/**
 * Residual networks of bottleneck blocks (He et al. 2016, arXiv 1512.03385, table 1). Modules are
 * named as in torchvision.
 */
public record ResNet(Variant variant) implements Architecture {
  /**
   * A row of the family's table.
   *
   * @param name on the command line
   * @param blocks per stage
   */
  public record Variant(String name, List<Integer> blocks) {}

  /** 50 layers. */
  public static final Variant RESNET50 = new Variant("resnet50", List.of(3, 4, 6, 3));

  private static final double BATCH_NORM_EPS = 1e-5;
  private static final int STEM = 64;

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
    return "He et al. 2016, arXiv 1512.03385";
  }

  @Override
  public String logits() {
    return "fc";
  }

  @Override
  public List<String> stages() {
    return List.of("conv1", "layer1", "layer2", "layer3", "layer4", logits());
  }

  @Override
  public void wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, BATCH_NORM_EPS);
    Convolution stem = new Convolution(STEM, 7).stride(2).then(Activation.RELU).onPhotos();
    String x = net.convolution("conv1", "bn1", INPUT, stem);
    x = net.maxPool("maxpool", x, 3, 2);
    int channels = STEM;
    for (int stage = 0; stage < variant.blocks().size(); stage++) {
      int width = STEM << stage;
      for (int block = 0; block < variant.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x =
            new Bottleneck(channels, width, stride)
                .wire(net, "layer" + (stage + 1) + "." + block, x);
        channels = width * Bottleneck.EXPANSION;
      }
    }
    x = net.globalAverage("avgpool", x);
    if (spec.dropout() > 0) {
      x = net.dropout("dropout", x, spec.dropout());
    }
    net.dense(logits(), x, spec.classes(), Activation.IDENTITY);
  }
}
