package org.food4j.cli.triton;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Triton's {@code ModelConfig} (triton-inference-server/common, {@code model_config.proto}), as far
 * as a model file of photos needs it. Immutable.
 *
 * @param name of the model, and of its directory
 * @param mostRows the largest batch that Triton puts together; 0 if the file fixes its batch
 * @param queueDelay how long Triton waits for more rows; zero adds nothing when idle
 * @param inputs of the network
 * @param outputs of the network
 * @param labelled the output whose values labels.txt names, if there is one
 * @param parameters what clients may read
 */
record TritonConfig(
    String name,
    int mostRows,
    Duration queueDelay,
    List<TritonTensor> inputs,
    List<TritonTensor> outputs,
    Optional<String> labelled,
    Map<String, String> parameters) {
  static final String LABELS = "labels.txt";

  TritonConfig {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    parameters = new TreeMap<>(parameters);
  }

  /** Protobuf's text format. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append("name: ").append(quoted(name)).append('\n');
    text.append("platform: \"onnxruntime_onnx\"\n");
    text.append("max_batch_size: ").append(mostRows).append('\n');
    text.append("input [\n").append(tensors(inputs)).append("]\n");
    text.append("output [\n").append(tensors(outputs)).append("]\n");
    if (mostRows > 0) {
      text.append("dynamic_batching {\n  max_queue_delay_microseconds: ")
          .append(queueDelay.toNanos() / 1000)
          .append("\n}\n");
    }
    parameters.forEach(
        (key, value) ->
            text.append("parameters {\n  key: ")
                .append(quoted(key))
                .append("\n  value {\n    string_value: ")
                .append(quoted(value))
                .append("\n  }\n}\n"));
    return text.toString();
  }

  private String tensors(List<TritonTensor> tensors) {
    return tensors.stream().map(this::tensor).collect(Collectors.joining(",\n", "", "\n"));
  }

  private String tensor(TritonTensor tensor) {
    String labels =
        labelled.filter(tensor.name()::equals).isPresent()
            ? "\n    label_filename: " + quoted(LABELS)
            : "";
    return """
          {
            name: %s
            data_type: %s
            dims: %s%s
          }"""
        .indent(2)
        .stripTrailing()
        .formatted(quoted(tensor.name()), tensor.dataType(), tensor.stated(mostRows > 0), labels);
  }

  /** A string literal: bytes beyond printable ASCII as octal escapes. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      if (unit == '"' || unit == '\\') {
        quoted.append('\\').append((char) unit);
      } else if (unit >= ' ' && unit < 0x7f) {
        quoted.append((char) unit);
      } else {
        quoted.append(String.format(Locale.ROOT, "\\%03o", unit & 0xff));
      }
    }
    return quoted.append('"').toString();
  }
}
