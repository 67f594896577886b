package org.food4j.models.architecture;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All networks that the library defines, and those that a program has {@linkplain #register
 * registered} besides, by name. Thread-safe.
 */
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

  private static final Map<String, Architecture> REGISTERED = new ConcurrentHashMap<>();

  private Architectures() {}

  private static <V> Stream<Architecture> of(
      List<V> variants, Function<V, ? extends Architecture> family) {
    return variants.stream().map(family);
  }

  /**
   * The library's own, in the order in which they are listed to people: by family. What a program
   * has registered is not among them.
   */
  public static List<Architecture> all() {
    return ALL;
  }

  /**
   * Makes a network of one's own known by its name, to recipes and to runs: it can be trained,
   * evaluated, exported and explained as any other. That holds for this process, so a program
   * registers it before it opens a run of it. Registering an equal one again changes nothing.
   *
   * @throws IllegalArgumentException if the name is blank, the library's, or another network's
   */
  public static void register(Architecture architecture) {
    String name = architecture.name();
    if (name.isBlank()) {
      throw new IllegalArgumentException("A network's name is not blank: recipes call it by that");
    }
    boolean own = ALL.stream().anyMatch(a -> a.name().equals(name));
    Architecture before = own ? null : REGISTERED.putIfAbsent(name, architecture);
    if (own || before != null && !before.equals(architecture)) {
      throw new IllegalArgumentException(
          "There is a model '%s' already: give yours another name".formatted(name));
    }
  }

  /**
   * The network that a program has {@linkplain #register registered} by that name in this process;
   * empty if it has none, or the name is one of the library's.
   */
  public static Optional<Architecture> registered(String name) {
    return Optional.ofNullable(REGISTERED.get(name));
  }

  /**
   * The network of that name.
   *
   * @throws IllegalArgumentException for an unknown name; the message lists the known ones
   */
  public static Architecture named(String name) {
    return known()
        .filter(a -> a.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no model '%s'; the models are: %s"
                        .formatted(
                            name, String.join(", ", known().map(Architecture::name).toList()))));
  }

  private static Stream<Architecture> known() {
    return Stream.concat(
        ALL.stream(),
        REGISTERED.values().stream().sorted(Comparator.comparing(Architecture::name)));
  }
}
