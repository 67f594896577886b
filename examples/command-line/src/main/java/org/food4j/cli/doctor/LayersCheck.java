package org.food4j.cli.doctor;

import java.util.Optional;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.api.buffer.DataType;

/** Who computes a network's layers: oneDNN itself, or ND4J's operations, which take longer. */
final class LayersCheck {
  private static final String NAME = "Layers";

  private LayersCheck() {}

  static Finding look() {
    Optional<Finding> missing = GpuCheck.missingFor(NAME);
    if (missing.isPresent()) {
      return missing.get();
    }
    NativeEngine engine = NativeEngine.start();
    String architecture = System.getProperty("os.arch");
    return judge(
        engine.kernels(DataType.FLOAT).description(),
        engine.kernels(DataType.DOUBLE).description(),
        engine.backend().equals("CPU")
            && (architecture.equals("amd64") || architecture.equals("x86_64")),
        System.getProperty(NativeEngine.KERNELS, ""));
  }

  /**
   * @param computes what computes float32 layers
   * @param plain what computes them wherever there is nothing faster
   * @param expectsFaster whether there is something faster for this backend and processor
   * @param chosen the value of the property that chooses, empty if it is not set
   */
  static Finding judge(String computes, String plain, boolean expectsFaster, String chosen) {
    if (!computes.equals(plain) || !expectsFaster) {
      return Finding.ok(NAME, "computed by " + computes);
    }
    return Finding.warn(
        NAME,
        "computed by " + computes + ": training is several times slower than by oneDNN",
        chosen.equals("nd4j")
            ? "Take away -D%s=%s.".formatted(NativeEngine.KERNELS, chosen)
            : "Put org.bytedeco:dnnl and org.bytedeco:opencl on the class path, with the classifier"
                + " of this operating system.");
  }
}
