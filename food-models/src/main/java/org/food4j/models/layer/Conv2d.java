package org.food4j.models.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.food4j.models.kernel.MapShape;
import org.food4j.models.kernel.Precision;
import org.food4j.models.kernel.Window;
import org.food4j.models.layer.ParameterSlot.Role;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A convolution over feature maps, with batch normalisation and an activation function as parts of
 * the same layer: {@code y = f(bn(x * W + b))}. Grouped, up to depthwise.
 *
 * <p>Input {@code [batch, height, width, channels]}, output {@code [batch, height', width',
 * filters]}. Parameters: {@code W [filters, channels / groups, kernel height, kernel width]} as in
 * PyTorch; {@code b [filters]} if there is a bias; {@code gamma, beta, mean, var [filters]} if it
 * normalises (Ioffe and Szegedy 2015, arXiv 1502.03167). Training uses the batch's statistics and
 * moves the running ones towards them, the variance in its unbiased form as PyTorch does, unless
 * the statistics are frozen; inference folds the running ones into the convolution.
 */
public final class Conv2d extends MapLayer {
  private static final long serialVersionUID = 1L;

  @JsonProperty private int[] kernel = {1, 1};
  @JsonProperty private int[] stride = {1, 1};
  @JsonProperty private int[] dilation = {1, 1};
  @JsonProperty private int[] padding = {0, 0};
  @JsonProperty private boolean samePadding;
  @JsonProperty private int groups = 1;
  @JsonProperty private boolean bias = true;
  @JsonProperty private Normalization normalization;
  @JsonProperty private boolean inputGradient = true;
  @JsonProperty private Precision trainingPrecision = Precision.FLOAT32;

  /** For deserialisation. */
  Conv2d() {}

  private Conv2d(Builder builder) {
    super(builder);
    kernel = builder.kernel;
    stride = builder.stride;
    dilation = builder.dilation;
    padding = builder.padding;
    samePadding = builder.samePadding;
    groups = builder.groups;
    bias = builder.bias;
    normalization = builder.normalization;
    inputGradient = builder.inputGradient;
    trainingPrecision = builder.trainingPrecision;
    initializeConstraints(builder);
  }

  /** Height and width of the kernel. */
  public int[] kernel() {
    return kernel.clone();
  }

  /** Vertical and horizontal stride. */
  public int[] stride() {
    return stride.clone();
  }

  /** Distance between the kernel's values: 1 for a dense kernel. */
  public int[] dilation() {
    return dilation.clone();
  }

  /** Number of groups: as many as channels for a depthwise convolution. */
  public int groups() {
    return groups;
  }

  /** Whether a number per filter is added before normalisation and activation. */
  public boolean hasBias() {
    return bias;
  }

  @Override
  public Normalization normalization() {
    return normalization;
  }

  /** Whether the backward pass computes the gradient with respect to the layer's input. */
  public boolean hasInputGradient() {
    return inputGradient;
  }

  /** What training multiplies in; inference multiplies in the parameters' type. */
  public Precision trainingPrecision() {
    return trainingPrecision;
  }

  /** How the kernel slides over maps of a size. */
  public Window window(long height, long width) {
    return new Padding(samePadding, padding[0], padding[1])
        .window(height, width, kernel, stride, dilation);
  }

  @Override
  List<ParameterSlot> slots() {
    List<ParameterSlot> slots = new ArrayList<>();
    slots.add(new ParameterSlot("W", Role.WEIGHT, nOut, nIn / groups, kernel[0], kernel[1]));
    if (bias) {
      slots.add(new ParameterSlot("b", Role.BIAS, nOut));
    }
    if (normalization != null) {
      slots.addAll(Normalization.slots(nOut));
    }
    return slots;
  }

  @Override
  void initializeWeights(ParameterSlot slot, INDArray weights) {
    long area = (long) kernel[0] * kernel[1];
    double fanIn = (double) nIn / groups * area;
    double fanOut = (double) nOut / groups * area / (stride[0] * stride[1]);
    weightInitFn.init(fanIn, fanOut, slot.shape(), 'c', weights.reshape(weights.length()));
  }

  @Override
  MapComputation<?> computation(NeuralNetConfiguration configuration, DataType type) {
    return new Conv2dComputation(configuration, type);
  }

  @Override
  InputType.InputTypeConvolutional outputOf(InputType.InputTypeConvolutional maps) {
    Window window = window(maps.getHeight(), maps.getWidth());
    requireRoom(window, maps);
    MapShape output = window.output(new MapShape(1, maps.getHeight(), maps.getWidth(), 1), nOut);
    return MapTypes.channelsLast(output.height(), output.width(), nOut);
  }

  private void requireRoom(Window window, InputType.InputTypeConvolutional maps) {
    long height = maps.getHeight() + window.before().height() + window.after().height();
    long width = maps.getWidth() + window.before().width() + window.after().width();
    if (height < Window.reach(kernel[0], dilation[0])
        || width < Window.reach(kernel[1], dilation[1])) {
      throw new IllegalArgumentException(
          "Layer \"%s\": a kernel of %s does not fit into padded maps of %d x %d"
              .formatted(layerName, Arrays.toString(kernel), height, width));
    }
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    super.setNIn(input, override);
    if (nIn % groups != 0 || nOut % groups != 0) {
      throw new IllegalArgumentException(
          "Layer \"%s\": %d groups do not divide %d channels and %d filters evenly"
              .formatted(layerName, groups, nIn, nOut));
    }
  }

  @Override
  public Conv2d clone() {
    return (Conv2d) super.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Conv2d that
        && super.equals(that)
        && Arrays.equals(kernel, that.kernel)
        && Arrays.equals(stride, that.stride)
        && Arrays.equals(dilation, that.dilation)
        && Arrays.equals(padding, that.padding)
        && samePadding == that.samePadding
        && groups == that.groups
        && bias == that.bias
        && Objects.equals(normalization, that.normalization)
        && inputGradient == that.inputGradient
        && trainingPrecision == that.trainingPrecision;
  }

  @Override
  public int hashCode() {
    return Objects.hash(super.hashCode(), Arrays.hashCode(kernel), groups, normalization);
  }

  /** Defaults: stride 1, no padding, one group, a bias, no normalisation, no activation. */
  @SuppressWarnings("unchecked") // DL4J's build() declares any subclass of layer
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final int[] kernel;
    private int[] stride = {1, 1};
    private int[] dilation = {1, 1};
    private int[] padding = {0, 0};
    private boolean samePadding;
    private int groups = 1;
    private boolean bias = true;
    private Normalization normalization;
    private boolean inputGradient = true;
    private Precision trainingPrecision = Precision.FLOAT32;

    /**
     * @param filters channels of the output
     * @param height of the kernel
     * @param width of the kernel
     */
    public Builder(int filters, int height, int width) {
      kernel = positive("Kernel", height, width);
      nOut(positive("The number of filters", filters, filters)[0]);
      activation(Activation.IDENTITY);
    }

    /** Steps of the kernel, at least 1. */
    public Builder stride(int vertical, int horizontal) {
      stride = positive("Stride", vertical, horizontal);
      return this;
    }

    /** Distance between the kernel's values, at least 1. */
    public Builder dilation(int vertical, int horizontal) {
      dilation = positive("Dilation", vertical, horizontal);
      return this;
    }

    /** Zeros above and below, to the left and to the right. */
    public Builder padding(int rows, int columns) {
      if (rows < 0 || columns < 0) {
        throw new IllegalArgumentException("Padding is at least 0, not " + rows + ", " + columns);
      }
      padding = new int[] {rows, columns};
      samePadding = false;
      return this;
    }

    /** TensorFlow's padding: the output has {@code ceil(input / stride)} rows and columns. */
    public Builder samePadding() {
      samePadding = true;
      return this;
    }

    /** Groups that see only their share of the channels. */
    public Builder groups(int count) {
      groups = positive("Groups", count, count)[0];
      return this;
    }

    /** Whether a number per filter is added. */
    public Builder bias(boolean present) {
      bias = present;
      return this;
    }

    /** Batch normalisation between convolution and activation. */
    public Builder normalization(Normalization after) {
      normalization = Objects.requireNonNull(after);
      return this;
    }

    /**
     * For a layer that reads photos: their gradient, which nobody needs, is not computed. Only
     * directly behind an input of the network; behind another layer, that one could not learn.
     */
    public Builder withoutInputGradient() {
      inputGradient = false;
      return this;
    }

    /**
     * What training multiplies in, forward and backward. Parameters, maps and gradients stay
     * float32; a step throws {@link IllegalArgumentException} where the processor lacks the
     * precision, as {@link NativeEngine#requireTraining} tells before.
     */
    public Builder trainingPrecision(Precision precision) {
      trainingPrecision = Objects.requireNonNull(precision);
      return this;
    }

    @Override
    public Conv2d build() {
      return new Conv2d(this);
    }

    private static int[] positive(String what, int first, int second) {
      if (first < 1 || second < 1) {
        throw new IllegalArgumentException(
            "%s is at least 1, not %d, %d".formatted(what, first, second));
      }
      return new int[] {first, second};
    }
  }
}
