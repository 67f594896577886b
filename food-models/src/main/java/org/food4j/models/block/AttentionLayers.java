package org.food4j.models.block;

import org.deeplearning4j.nn.weights.WeightInit;
import org.food4j.models.layer.ChannelMeanMax2d;
import org.food4j.models.layer.ChannelRowSwap2d;
import org.food4j.models.layer.ChannelScaleVertex;
import org.food4j.models.layer.Conv2d;
import org.food4j.models.layer.GlobalMeanMax2d;
import org.food4j.models.layer.GlobalPool2d;
import org.food4j.models.layer.LayerNorm2d;
import org.food4j.models.layer.Pooling;
import org.food4j.models.layer.PositionScaleVertex;
import org.food4j.models.layer.PositionSum2d;
import org.food4j.models.layer.SelfAttention2d;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/**
 * The layers that attention is wired from, added to a network as {@link NetworkBuilder} adds its
 * own. Not thread-safe.
 */
public final class AttentionLayers {
  private static final double LAYER_NORM_EPS = 1e-5;
  private static final IActivation NO_FUNCTION = Activation.IDENTITY.getActivationFunction();

  private final NetworkBuilder net;

  AttentionLayers(NetworkBuilder net) {
    this.net = net;
  }

  /** The mean and the maximum over all positions, as maps {@code [batch, 2, 1, channels]}. */
  public String globalMeanAndMax(String name, String input) {
    return net.add(name, new GlobalMeanMax2d(), input);
  }

  /** A sigmoid of each channel's sum over all positions: {@code [batch, 1, 1, channels]}. */
  public String gateOfSum(String name, String input) {
    return net.add(name, new PositionSum2d(Activation.SIGMOID.getActivationFunction()), input);
  }

  /**
   * A convolution without bias along the channels of maps of one place, and a sigmoid.
   *
   * @param kernel odd
   */
  public String channelGate(String name, String input, int kernel) {
    String rows = net.add(name + ".rows", new ChannelRowSwap2d(), input);
    Conv2d convolution =
        new Conv2d.Builder(1, kernel, 1)
            .padding(kernel / 2, 0)
            .bias(false)
            .activation(Activation.SIGMOID)
            .weightInit(WeightInit.XAVIER)
            .build();
    return net.add(name + ".channels", new ChannelRowSwap2d(), net.add(name, convolution, rows));
  }

  /** The mean and the maximum of each position's channels: {@code [batch, height, width, 2]}. */
  public String channelMeanAndMax(String name, String input) {
    return net.add(name, new ChannelMeanMax2d(), input);
  }

  /** A linear layer with bias over the channels of each place, and a function between 0 and 1. */
  public String gate(String name, String input, int outputs, IActivation function) {
    return linear(name, input, outputs, function, WeightInit.XAVIER);
  }

  /** A linear layer with bias over the channels of each place, without a function. */
  public String projection(String name, String input, int outputs) {
    return linear(name, input, outputs, NO_FUNCTION, WeightInit.XAVIER);
  }

  /** Layer normalisation over the channels of each place. */
  public String layerNorm(String name, String input) {
    return net.add(name, new LayerNorm2d.Builder(LAYER_NORM_EPS).build(), input);
  }

  /** Attention among places, from queries, keys and values side by side in the channels. */
  public String selfAttention(String name, String input, int heads) {
    return net.add(name, new SelfAttention2d(heads), input);
  }

  /** Each channel of a feature map times its factor {@code [batch, channels]}. */
  public String channelScale(String name, String map, String factors) {
    return net.add(name, new ChannelScaleVertex(), map, factors);
  }

  /** Each position of a feature map times its factor {@code [batch, height, width, 1]}. */
  public String positionScale(String name, String map, String factors) {
    return net.add(name, new PositionScaleVertex(), map, factors);
  }

  /**
   * A linear layer with bias over the channels of each place, and a function after it; He's initial
   * weights before a function that is not a gate.
   */
  public String linear(String name, String input, int outputs, IActivation function) {
    return linear(name, input, outputs, function, WeightInit.RELU);
  }

  /** The mean over all positions, as maps of one place: {@code [batch, 1, 1, channels]}. */
  public String globalAverageMaps(String name, String input) {
    return net.add(name, new GlobalPool2d(Pooling.AVERAGE, false), input);
  }

  private String linear(
      String name, String input, int outputs, IActivation function, WeightInit init) {
    return net.add(
        name,
        new Conv2d.Builder(outputs, 1, 1).activation(function).weightInit(init).build(),
        input);
  }
}
