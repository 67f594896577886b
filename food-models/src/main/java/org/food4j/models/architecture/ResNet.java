package org.food4j.models.architecture;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Attention;
import org.food4j.models.block.BasicBlock;
import org.food4j.models.block.Bottleneck;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.DropRates;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;

/**
 * Residual networks (He et al. 2016, arXiv 1512.03385, table 1), also with attention in each block.
 * Modules are named as in torchvision.
 */
public record ResNet(Variant variant) implements Architecture {
  /** What the stages are made of. */
  public enum Block {
    /** Two 3x3 convolutions. */
    BASIC,
    /** 1x1, 3x3, 1x1, as torchvision publishes them. */
    BOTTLENECK,
    /** 1x1, 3x3, 1x1, as Keras publishes them. */
    KERAS_BOTTLENECK
  }

  /**
   * A row of the family's table.
   *
   * @param name on the command line
   * @param block what the stages are made of
   * @param blocks per stage
   * @param attention in each block
   * @param batchNormEps added to the variance
   * @param paper authors, year and arXiv number
   */
  public record Variant(
      String name,
      Block block,
      List<Integer> blocks,
      Attention attention,
      double batchNormEps,
      String paper) {
    private Variant(String name, Block block, List<Integer> blocks) {
      this(name, block, blocks, Attention.NONE, 1e-5, "He et al. 2016, arXiv 1512.03385");
    }

    private static Variant attentive(Attention attention, String paper) {
      return new Variant(
          attention.key() + "_resnet50", Block.BOTTLENECK, DEPTH_50, attention, 1e-5, paper);
    }
  }

  private static final List<Integer> DEPTH_50 = List.of(3, 4, 6, 3);

  /** The published networks. */
  public static final List<Variant> VARIANTS =
      List.of(
          new Variant("resnet18", Block.BASIC, List.of(2, 2, 2, 2)),
          new Variant("resnet34", Block.BASIC, List.of(3, 4, 6, 3)),
          new Variant("resnet50", Block.BOTTLENECK, DEPTH_50),
          new Variant("resnet101", Block.BOTTLENECK, List.of(3, 4, 23, 3)),
          Variant.attentive(Attention.SE, "Hu et al. 2018, arXiv 1709.01507"),
          Variant.attentive(Attention.ECA, "Wang et al. 2020, arXiv 1910.03151"),
          Variant.attentive(Attention.CBAM, "Woo et al. 2018, arXiv 1807.06521"),
          new Variant(
              "keras_resnet50",
              Block.KERAS_BOTTLENECK,
              DEPTH_50,
              Attention.NONE,
              1.001e-5,
              "He et al. 2016, arXiv 1512.03385"));

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
    return variant.paper();
  }

  @Override
  public String logits() {
    return "fc";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(variant.batchNormEps()));
    DropRates rates =
        new DropRates(
            spec.stochasticDepth(), variant.blocks().stream().mapToInt(Integer::intValue).sum());
    Attention attention = spec.attention().or(variant.attention());
    Convolution stem = new Convolution(STEM, 7).stride(2).then(Activation.RELU).onPhotos();
    net.stage("conv1");
    String x =
        net.convolution(
            "conv1",
            "bn1",
            INPUT,
            variant.block() == Block.KERAS_BOTTLENECK ? stem.withBias() : stem);
    x = net.overlappingMaxPool("maxpool", x);
    int channels = STEM;
    for (int stage = 0; stage < variant.blocks().size(); stage++) {
      int width = STEM << stage;
      String name = "layer" + (stage + 1);
      net.stage(name);
      for (int block = 0; block < variant.blocks().get(stage); block++) {
        int stride = stage > 0 && block == 0 ? 2 : 1;
        x = block(channels, width, stride, attention, rates.next(), net, name + "." + block, x);
        channels = variant.block() == Block.BASIC ? width : width * Bottleneck.EXPANSION;
      }
    }
    return new LinearHead(spec.classes(), spec.dropout())
        .wire(net, logits(), "dropout", logits(), x);
  }

  private String block(
      int channels,
      int width,
      int stride,
      Attention attention,
      double dropRate,
      NetworkBuilder net,
      String name,
      String input) {
    if (variant.block() == Block.BASIC) {
      return new BasicBlock(channels, width, stride, attention, dropRate).wire(net, name, input);
    }
    Bottleneck.Form form =
        variant.block() == Block.BOTTLENECK ? Bottleneck.Form.TORCHVISION : Bottleneck.Form.KERAS;
    return new Bottleneck(channels, width, stride, form, attention, dropRate)
        .wire(net, name, input);
  }
}
