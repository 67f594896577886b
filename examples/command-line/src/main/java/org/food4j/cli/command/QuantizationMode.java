package org.food4j.cli.command;

/** What {@code food quantize} makes of a model's numbers. */
enum QuantizationMode {
  STATIC("static"),
  DYNAMIC("dynamic");

  private final String key;

  QuantizationMode(String key) {
    this.key = key;
  }

  /** The name on the command line. */
  String key() {
    return key;
  }

  /** The form that a model's history then tells. */
  String form() {
    return "int8 " + key;
  }

  /** The option's values. */
  static final class Modes extends Choice<QuantizationMode> {
    Modes() {
      super(QuantizationMode.class, QuantizationMode::key);
    }
  }
}
