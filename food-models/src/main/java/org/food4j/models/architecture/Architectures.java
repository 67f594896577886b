package org.food4j.models.architecture;

import java.util.List;

/** All networks that the library defines, by name. */
public final class Architectures {
  private static final List<Architecture> ALL =
      List.of(new SeCnn(SeCnn.S), new EfficientNet(EfficientNet.B0), new ResNet(ResNet.RESNET50));

  private Architectures() {}

  /** In the order in which they are listed to people. */
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
