package org.food4j.cli.doctor;

import ai.onnxruntime.OrtEnvironment;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.food4j.models.cuda.CudaDriver;

/** Whether ONNX Runtime loads, and what it can run on. */
final class OnnxRuntimeCheck {
  private static final Set<String> ON_GPUS = Set.of("CUDA", "TENSOR_RT");

  private OnnxRuntimeCheck() {}

  static Finding look() {
    List<String> built = OrtEnvironment.getAvailableProviders().stream().map(Enum::name).toList();
    return Finding.ok(
        "ONNX Runtime",
        OrtEnvironment.getEnvironment().getVersion()
            + ", "
            + describe(built, CudaDriver.look().problem().isEmpty()));
  }

  /**
   * @param built providers that the library was built with
   * @param gpu whether there is one
   */
  static String describe(List<String> built, boolean gpu) {
    String running =
        built.stream()
            .filter(each -> gpu || !ON_GPUS.contains(each))
            .collect(Collectors.joining(", "));
    Set<String> idle = new TreeSet<>(built);
    idle.retainAll(ON_GPUS);
    return gpu || idle.isEmpty()
        ? "runs on " + running
        : "runs on %s; built for %s too, which need an NVIDIA GPU"
            .formatted(running, String.join(", ", idle));
  }
}
