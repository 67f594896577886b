package org.food4j.models.architecture;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.block.Attention;
import org.food4j.models.block.BasicBlock;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.DropRates;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.SelfAttention;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;

/**
 * Small residual networks with attention, for training from scratch on a few thousand photos: a 3x3
 * stem of stride 2, stages of residual blocks whose first one has stride 2, in half of the family
 * self-attention over the last feature map, global average pooling and a linear classifier.
 *
 * <p>After SE-ResNet (Hu et al. 2018, arXiv 1709.01507) and CBAM (Woo et al. 2018, arXiv
 * 1807.06521), with two deviations for small data sets: one block per stage in the smallest
 * variants, and a last stage no wider than the third.
 */
public record AttentionCnn(Variant variant) implements Architecture {
  /**
   * A row of the family's table.
   *
   * @param name on the command line
   * @param stem channels after the stem
   * @param widths channels of the stages
   * @param blocks per stage
   * @param attention in each block
   * @param heads of the self-attention over the last feature map; 0 for none
   */
  public record Variant(
      String name,
      int stem,
      List<Integer> widths,
      List<Integer> blocks,
      Attention attention,
      int heads) {
    /** With squeeze-and-excitation. */
    private static Variant se(String name, int stem, List<Integer> widths, List<Integer> blocks) {
      return new Variant(name, stem, widths, blocks, Attention.SE, 0);
    }

    /** With CBAM, and self-attention at the end. */
    private static Variant cbam(
        String name, int stem, List<Integer> widths, List<Integer> blocks, int heads) {
      return new Variant(name, stem, widths, blocks, Attention.CBAM, heads);
    }
  }

  private static final List<Integer> SMALL = List.of(64, 128, 256, 256);
  private static final List<Integer> MEDIUM = List.of(64, 128, 256, 384);
  private static final List<Integer> LARGE = List.of(96, 192, 320, 512);

  /** The family: small, medium and large. */
  public static final List<Variant> VARIANTS =
      List.of(
          Variant.se("se_cnn", 32, SMALL, List.of(1, 1, 1, 1)),
          Variant.se("se_cnn_m", 32, MEDIUM, List.of(2, 2, 2, 2)),
          Variant.se("se_cnn_l", 48, LARGE, List.of(2, 3, 4, 2)),
          Variant.cbam("attention_cnn", 32, SMALL, List.of(1, 1, 1, 1), 4),
          Variant.cbam("attention_cnn_m", 32, MEDIUM, List.of(2, 2, 2, 2), 6),
          Variant.cbam("attention_cnn_l", 48, LARGE, List.of(2, 3, 4, 2), 8));

  private static final double BATCH_NORM_EPS = 1e-5;

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
    return variant.attention() == Attention.CBAM
        ? "Woo et al. 2018, arXiv 1807.06521"
        : "Hu et al. 2018, arXiv 1709.01507";
  }

  @Override
  public String logits() {
    return "fc";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(BATCH_NORM_EPS));
    DropRates rates =
        new DropRates(
            spec.stochasticDepth(), variant.blocks().stream().mapToInt(Integer::intValue).sum());
    Attention attention = spec.attention().or(variant.attention());
    Convolution stem = new Convolution(variant.stem(), 3).stride(2).onPhotos();
    net.stage("stem");
    String x = net.convolution("stem.0", "stem.1", INPUT, stem.then(Activation.RELU));
    int channels = variant.stem();
    for (int stage = 0; stage < variant.widths().size(); stage++) {
      int width = variant.widths().get(stage);
      int blocks = variant.blocks().get(stage);
      String name = "stages." + stage;
      net.stage(name);
      for (int block = 0; block < blocks; block++) {
        int stride = block == 0 ? 2 : 1;
        x =
            new BasicBlock(channels, width, stride, attention, rates.next())
                .wire(net, blocks == 1 ? name : name + "." + block, x);
        channels = width;
      }
    }
    if (variant.heads() > 0) {
      net.stage("attention");
      x = new SelfAttention(channels, variant.heads()).wire(net, "attention", x);
    }
    return new LinearHead(spec.classes(), spec.dropout())
        .wire(net, logits(), "dropout", logits(), x);
  }
}
