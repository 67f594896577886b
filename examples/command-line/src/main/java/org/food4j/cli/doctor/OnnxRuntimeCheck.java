package org.food4j.cli.doctor;

import ai.onnxruntime.OrtEnvironment;
import java.util.stream.Collectors;

/** Whether ONNX Runtime loads, and what it can run on. */
final class OnnxRuntimeCheck {
  private OnnxRuntimeCheck() {}

  static Finding look() {
    String providers =
        OrtEnvironment.getAvailableProviders().stream()
            .map(Enum::name)
            .collect(Collectors.joining(", "));
    return Finding.ok(
        "ONNX Runtime", OrtEnvironment.getEnvironment().getVersion() + ", runs on " + providers);
  }
}
