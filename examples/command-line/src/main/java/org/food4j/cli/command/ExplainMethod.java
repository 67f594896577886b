package org.food4j.cli.command;

import java.util.Optional;
import org.food4j.models.explain.ChannelWeighting;

/** What {@code food explain} draws. */
enum ExplainMethod {
  GRADCAM("gradcam", Optional.of(ChannelWeighting.GRAD_CAM)),
  GRADCAM_PLUS_PLUS("gradcam++", Optional.of(ChannelWeighting.GRAD_CAM_PLUS_PLUS)),

  /** The factors of the network's own attention blocks. */
  ATTENTION("attention", Optional.empty());

  private final String key;
  private final Optional<ChannelWeighting> weighting;

  ExplainMethod(String key, Optional<ChannelWeighting> weighting) {
    this.key = key;
    this.weighting = weighting;
  }

  /** The name on the command line. */
  String key() {
    return key;
  }

  /** Of the class activation map, if it is one. */
  Optional<ChannelWeighting> weighting() {
    return weighting;
  }

  /** The option's values. */
  static final class Methods extends Choice<ExplainMethod> {
    Methods() {
      super(ExplainMethod.class, ExplainMethod::key);
    }
  }
}
