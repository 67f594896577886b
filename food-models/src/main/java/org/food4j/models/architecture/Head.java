package org.food4j.models.architecture;

import java.util.Locale;

/** What reads a network's last feature maps. */
public enum Head {
  /** As the network's paper has it. */
  OWN,

  /** Global average pooling and one linear layer, for any input size. */
  LINEAR;

  /** The name in files and on the command line. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
