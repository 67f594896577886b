package org.food4j.cli.command;

import java.util.Locale;
import java.util.Optional;
import org.food4j.models.onnx.optimize.RuntimeLevel;

/** How far ONNX Runtime's own optimisation goes in {@code food optimize}. */
enum OptimizeLevel {
  /** Only this library's passes, in the standard domain. */
  NONE(Optional.empty()),
  BASIC(Optional.of(RuntimeLevel.BASIC)),
  EXTENDED(Optional.of(RuntimeLevel.EXTENDED)),
  ALL(Optional.of(RuntimeLevel.ALL));

  private final Optional<RuntimeLevel> runtime;

  OptimizeLevel(Optional<RuntimeLevel> runtime) {
    this.runtime = runtime;
  }

  /** The name on the command line. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The runtime's level, if it takes part. */
  Optional<RuntimeLevel> runtime() {
    return runtime;
  }

  /** The option's values. */
  static final class Levels extends Choice<OptimizeLevel> {
    Levels() {
      super(OptimizeLevel.class, OptimizeLevel::key);
    }
  }
}
