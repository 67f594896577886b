package org.food4j.samples;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.Wiring;
import org.nd4j.linalg.activations.Activation;

/** Three convolutions, and {@link PowerMeanPooling} where others have their global average. */
record PowerMeanCnn() implements Architecture {
  @Override
  public String name() {
    return "power_mean_cnn";
  }

  @Override
  public int inputSize() {
    return 128;
  }

  @Override
  public String paper() {
    return "ours, with the pooling of Radenovic et al. 2018, arXiv 1711.02512";
  }

  @Override
  public String logits() {
    return "fc";
  }

  @Override
  public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
    NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(1e-5));
    net.stage("features");
    String x = INPUT;
    for (int i = 0; i < 3; i++) {
      Convolution shape = new Convolution(16 << i, 3).stride(2).then(Activation.RELU);
      x = net.convolution("conv" + i, "bn" + i, x, i == 0 ? shape.onPhotos() : shape);
    }
    net.stage("head");
    String pooled = net.add("pool", new PowerMeanPooling(), x);
    net.dense(logits(), pooled, spec.classes());
    return net.finish(pooled);
  }
}
