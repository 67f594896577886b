package org.food4j.cli.command;

import org.food4j.models.onnx.ModelHistory;

/** What {@code food quantize} makes of a model's numbers. */
enum QuantizationMode {
  STATIC("static", "int8 static"),
  DYNAMIC("dynamic", "int8 dynamic"),
  FP16("fp16", "float16"),
  WEIGHTS("weights", ModelHistory.INT8_WEIGHTS);

  private final String key;
  private final String form;

  QuantizationMode(String key, String form) {
    this.key = key;
    this.form = form;
  }

  /** The name on the command line. */
  String key() {
    return key;
  }

  /** The form that a model's history then tells. */
  String form() {
    return form;
  }

  /** Whether the network's operations compute with integers, rather than its weights alone. */
  boolean computesWithIntegers() {
    return this == STATIC || this == DYNAMIC;
  }

  /** The option's values. */
  static final class Modes extends Choice<QuantizationMode> {
    Modes() {
      super(QuantizationMode.class, QuantizationMode::key);
    }
  }
}
