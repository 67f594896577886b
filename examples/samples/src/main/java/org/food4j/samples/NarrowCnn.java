package org.food4j.samples;

import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Attention;
import org.food4j.models.block.BasicBlock;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;

// region: an architecture
/**
 * A narrow residual network with efficient channel attention. A record, so that it has equals:
 * registering it twice changes nothing.
 */
record NarrowCnn() implements Architecture {
  private static final List<Integer> WIDTHS = List.of(32, 64, 96);

  @Override
  public String name() {
    return "narrow_cnn";
  }

  @Override
  public int inputSize() {
    return 128;
  }

  @Override
  public String paper() {
    return "ours";
  }

  @Override
  public String logits() {
    return "fc";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(1e-5));
    // Stages are what freezing, explaining, counting and drawing speak of.
    net.stage("stem");
    Convolution stem = new Convolution(16, 3).stride(2).onPhotos().then(Activation.RELU);
    String x = net.convolution("stem.0", "stem.1", INPUT, stem);
    int channels = 16;
    for (int width : WIDTHS) {
      String stage = "stages." + WIDTHS.indexOf(width);
      net.stage(stage);
      Attention attention = spec.attention().or(Attention.ECA);
      x = new BasicBlock(channels, width, 2, attention, 0).wire(net, stage, x);
      channels = width;
    }
    return new LinearHead(spec.classes(), spec.dropout()).wire(net, "fc", "dropout", logits(), x);
  }
}
// end region
