package org.food4j.models.weights;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Whose names a file's tensors bear. */
public enum WeightLayout {
  /** The names of torchvision's modules, which are ours. */
  TORCHVISION {
    @Override
    public TensorNames names(Map<String, long[]> network, Set<String> file) {
      return tensor -> tensor;
    }
  },

  /**
   * The names of timm's modules: its ResNets are named as torchvision's, EfficientNet, MobileNetV3
   * and VGG otherwise.
   */
  TIMM {
    @Override
    public TensorNames names(Map<String, long[]> network, Set<String> file) {
      return new TimmModules(network).names();
    }
  },

  /** The names of {@code keras.applications}' layers: VGG16 and ResNet-50. */
  KERAS {
    @Override
    public TensorNames names(Map<String, long[]> network, Set<String> file) {
      return new KerasLayers(network.keySet(), file).names();
    }
  };

  /**
   * The names of a network's tensors.
   *
   * @param network the tensors' shapes by torchvision's names; families differ by them
   * @param file the names in the file, for layouts that changed a name over the years
   */
  public abstract TensorNames names(Map<String, long[]> network, Set<String> file);

  /** The name in files: {@code torchvision}, {@code timm} or {@code keras}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The layout that a file's names look like; {@link #TORCHVISION} where nothing speaks against it.
   *
   * @param names of the file's tensors
   */
  public static WeightLayout of(Set<String> names) {
    if (names.stream().anyMatch(name -> name.endsWith(".kernel"))) {
      return KERAS;
    }
    boolean timm =
        Stream.of("conv_stem.weight", "pre_logits.fc1.weight", "head.fc.weight")
            .anyMatch(names::contains);
    return timm ? TIMM : TORCHVISION;
  }
}
