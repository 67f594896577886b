package org.food4j.models.architecture;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** All networks that the library defines, by name. */
public final class Architectures {
  private static final List<Architecture> ALL =
      Stream.of(
              of(AttentionCnn.VARIANTS, AttentionCnn::new),
              of(List.of(SeedCnn.SEED), SeedCnn::new),
              of(List.of(Vgg.VGG16, Vgg.VGG16_BN), Vgg::new),
              of(ResNet.VARIANTS, ResNet::new),
              of(List.of(MobileNetV3.LARGE, MobileNetV3.SMALL), MobileNetV3::new),
              of(EfficientNet.VARIANTS, EfficientNet::new),
              of(List.of(EfficientNetV2.S), EfficientNetV2::new))
          .flatMap(Function.identity())
          .toList();

  private Architectures() {}

  private static <V> Stream<Architecture> of(
      List<V> variants, Function<V, ? extends Architecture> family) {
    return variants.stream().map(family);
  }

  /** In the order in which they are listed to people: by family. */
  public static List<Architecture> all() {
    return ALL;
  }

  /**
   * The network of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Architecture named(String name) {
    return ALL.stream()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no model '%s'; the models are: %s"
                        .formatted(
                            name,
                            String.join(", ", ALL.stream().map(Architecture::name).toList()))));
  }
}
