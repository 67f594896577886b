package org.food4j.models.weights;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.PaddingRule;

/**
 * What a weights file says about its network: the network that computes what was trained needs all
 * of it. Every entry may be absent, which means that the file does not say. Immutable.
 *
 * @param architecture the network's name, such as {@code efficientnet_b4}
 * @param layout whose names the tensors bear
 * @param padding of convolutions and of pooling
 * @param batchNormEps added to the variance by batch normalisation, above 0
 * @param mean subtracted from the photo's channels (red, green, blue; values between 0 and 1)
 * @param std by which the channels are divided then, above 0
 * @param interpolation of the photo's resize
 * @param cropFraction part of the resized photo's shorter side that the network sees, above 0 and
 *     up to 1
 * @param inputSize height and width in pixels of the photos that it was trained for, at least 1;
 *     for people: a network is built for the size that it is asked for
 * @param classes number of logits, at least 1; loading holds it against the file's tensors
 * @param identityBlocks modules that are to be treated as the identity, by torchvision's names
 *     whatever the layout is; the file's tensors of them are ignored if the network lacks them
 * @param missing tensors that the file is known to lack, by its own naming
 */
public record WeightsCard(
    Optional<String> architecture,
    Optional<WeightLayout> layout,
    Optional<PaddingRule> padding,
    OptionalDouble batchNormEps,
    Optional<List<Float>> mean,
    Optional<List<Float>> std,
    Optional<Interpolation> interpolation,
    OptionalDouble cropFraction,
    OptionalInt inputSize,
    OptionalInt classes,
    Set<String> identityBlocks,
    Set<String> missing) {
  /** Says nothing. */
  public static final WeightsCard EMPTY = builder().build();

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if a value is outside its range
   */
  public WeightsCard {
    mean = mean.map(List::copyOf);
    std = std.map(List::copyOf);
    identityBlocks = Set.copyOf(identityBlocks);
    missing = Set.copyOf(missing);
    padding.ifPresent(
        rule -> require(rule != PaddingRule.OWN, "Weights have one padding or another", rule));
    architecture.ifPresent(
        name -> require(!name.isBlank(), "The architecture is a network's name", name));
    batchNormEps.ifPresent(
        eps -> require(eps > 0 && Double.isFinite(eps), "Batch norm's eps is above 0", eps));
    mean.ifPresent(
        values ->
            require(
                values.size() == 3 && values.stream().allMatch(Float::isFinite),
                "The mean is three numbers (red, green, blue)",
                values));
    std.ifPresent(
        values ->
            require(
                values.size() == 3 && values.stream().allMatch(s -> s > 0 && Float.isFinite(s)),
                "The standard deviation is three numbers above 0 (red, green, blue)",
                values));
    cropFraction.ifPresent(
        part -> require(part > 0 && part <= 1, "The crop's fraction is above 0 and up to 1", part));
    inputSize.ifPresent(size -> require(size >= 1, "The input is at least 1 pixel wide", size));
    classes.ifPresent(count -> require(count >= 1, "There is at least one class", count));
  }

  private static void require(boolean valid, String rule, Object given) {
    if (!valid) {
      throw new IllegalArgumentException(rule + ", not '" + given + "'");
    }
  }

  /**
   * Reads a file's metadata. Other keys than those of the format (see the package) are ignored.
   *
   * @param file named in errors
   * @throws WeightsException if values cannot be understood; the message lists each with its key
   *     and with what is allowed
   */
  public static WeightsCard of(Path file, Map<String, String> metadata) throws WeightsException {
    return CardText.read(file, metadata);
  }

  /** The metadata that {@link #of} reads as an equal card. */
  public Map<String, String> metadata() {
    return CardText.write(this);
  }

  /** This card, with what it does not say taken from another. The lists are joined. */
  public WeightsCard orElse(WeightsCard other) {
    Set<String> blocks = new LinkedHashSet<>(identityBlocks);
    blocks.addAll(other.identityBlocks);
    Set<String> lacking = new LinkedHashSet<>(missing);
    lacking.addAll(other.missing);
    return new WeightsCard(
        architecture.or(other::architecture),
        layout.or(other::layout),
        padding.or(other::padding),
        batchNormEps.isPresent() ? batchNormEps : other.batchNormEps,
        mean.or(other::mean),
        std.or(other::std),
        interpolation.or(other::interpolation),
        cropFraction.isPresent() ? cropFraction : other.cropFraction,
        inputSize.isPresent() ? inputSize : other.inputSize,
        classes.isPresent() ? classes : other.classes,
        blocks,
        lacking);
  }

  /**
   * The network that was trained, where a spec leaves that open. Blocks of another architecture are
   * left out: its file is refused when it is held against the network, with both names and shapes.
   *
   * @param spec whose own choices stand
   * @param name of the architecture that the spec is for
   */
  public NetworkSpec completed(NetworkSpec spec, String name) {
    NetworkSpec.Builder form = spec.toBuilder();
    if (spec.batchNormEps().isEmpty()) {
      batchNormEps.ifPresent(form::batchNormEps);
    }
    if (spec.padding() == PaddingRule.OWN) {
      padding.ifPresent(form::padding);
    }
    boolean theirs = architecture.isEmpty() || architecture.get().equals(name);
    if (spec.identityBlocks().isEmpty() && theirs) {
      form.identityBlocks(identityBlocks);
    }
    return form.build();
  }

  /**
   * How photos become the input that the network was trained on, at a size of choice; ImageNet's
   * usual way where the file does not say.
   *
   * @param size height and width in pixels
   */
  public Preprocessing preprocessing(int size) {
    Preprocessing usual = Preprocessing.imagenet(size);
    return new Preprocessing(
        size,
        cropFraction.isPresent()
            ? (int) Math.floor(size / cropFraction.getAsDouble())
            : usual.resizeShorterSide(),
        interpolation.orElse(usual.interpolation()),
        mean.orElse(usual.mean()),
        std.orElse(usual.std()));
  }

  /** A builder of a card that says nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a card's entries. Not thread-safe. */
  public static final class Builder {
    private Optional<String> architecture = Optional.empty();
    private Optional<WeightLayout> layout = Optional.empty();
    private Optional<PaddingRule> padding = Optional.empty();
    private OptionalDouble batchNormEps = OptionalDouble.empty();
    private Optional<List<Float>> mean = Optional.empty();
    private Optional<List<Float>> std = Optional.empty();
    private Optional<Interpolation> interpolation = Optional.empty();
    private OptionalDouble cropFraction = OptionalDouble.empty();
    private OptionalInt inputSize = OptionalInt.empty();
    private OptionalInt classes = OptionalInt.empty();
    private Set<String> identityBlocks = Set.of();
    private Set<String> missing = Set.of();

    private Builder() {}

    /** The network's name. */
    public Builder architecture(String name) {
      architecture = Optional.of(name);
      return this;
    }

    /** Whose names the tensors bear. */
    public Builder layout(WeightLayout names) {
      layout = Optional.of(names);
      return this;
    }

    /** The padding of convolutions and of pooling. */
    public Builder padding(PaddingRule rule) {
      padding = Optional.of(rule);
      return this;
    }

    /** What batch normalisation adds to the variance. */
    public Builder batchNormEps(double eps) {
      batchNormEps = OptionalDouble.of(eps);
      return this;
    }

    /** What is subtracted from the channels. */
    public Builder mean(List<Float> channels) {
      mean = Optional.of(channels);
      return this;
    }

    /** What the channels are divided by. */
    public Builder std(List<Float> channels) {
      std = Optional.of(channels);
      return this;
    }

    /** The filter of the photo's resize. */
    public Builder interpolation(Interpolation filter) {
      interpolation = Optional.of(filter);
      return this;
    }

    /** The part of the resized photo's shorter side that the network sees. */
    public Builder cropFraction(double part) {
      cropFraction = OptionalDouble.of(part);
      return this;
    }

    /** Height and width of the photos in pixels. */
    public Builder inputSize(int pixels) {
      inputSize = OptionalInt.of(pixels);
      return this;
    }

    /** The number of logits. */
    public Builder classes(int count) {
      classes = OptionalInt.of(count);
      return this;
    }

    /** Modules that are to be treated as the identity. */
    public Builder identityBlocks(Set<String> modules) {
      identityBlocks = modules;
      return this;
    }

    /** Tensors that the file is known to lack. */
    public Builder missing(Set<String> tensors) {
      missing = tensors;
      return this;
    }

    /**
     * The card.
     *
     * @throws IllegalArgumentException if a value is outside its range
     */
    public WeightsCard build() {
      return new WeightsCard(
          architecture,
          layout,
          padding,
          batchNormEps,
          mean,
          std,
          interpolation,
          cropFraction,
          inputSize,
          classes,
          identityBlocks,
          missing);
    }
  }
}
