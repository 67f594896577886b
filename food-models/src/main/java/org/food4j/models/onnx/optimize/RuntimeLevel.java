package org.food4j.models.onnx.optimize;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Locale;

/** How far ONNX Runtime rewrites a graph by itself. */
public enum RuntimeLevel {
  /** Rewriting within the standard domain. */
  BASIC(OptLevel.BASIC_OPT),

  /** Fusions to operators of ONNX Runtime's own ({@code com.microsoft}): any of its processors. */
  EXTENDED(OptLevel.EXTENDED_OPT),

  /**
   * Layouts for the processor that it is written on too: the file may be slower, or refused, on
   * another one.
   */
  ALL(OptLevel.ALL_OPT);

  private final OptLevel level;

  RuntimeLevel(OptLevel level) {
    this.level = level;
  }

  /** The name on the command line: {@code extended}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  OptLevel level() {
    return level;
  }
}
