package org.food4j.cli.doctor;

import java.util.Optional;
import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whether ND4J computes, with which backend, and whether it was built with oneDNN. */
final class Nd4jCheck {
  private static final String NAME = "ND4J";

  private Nd4jCheck() {}

  static Finding look() {
    Optional<Finding> missing = GpuCheck.missingFor(NAME);
    if (missing.isPresent()) {
      return missing.get();
    }
    NativeEngine engine = NativeEngine.start();
    try (INDArray ones = Nd4j.ones(64, 64);
        INDArray product = ones.mmul(ones)) {
      float sum = product.sumNumber().floatValue();
      if (sum != 64 * 64 * 64) {
        return Finding.fail(
            NAME,
            "a product of matrices of ones sums up to " + sum + " instead of " + 64 * 64 * 64,
            "The engine computes wrongly on this machine; do not use it.");
      }
    }
    return judge(
        engine.backend().equals("CPU")
            ? "CPU, %d threads".formatted(engine.threads())
            : "%s, %d devices"
                .formatted(engine.backend(), Nd4j.getAffinityManager().getNumberOfDevices()),
        engine.backend().equals("CPU") && System.getProperty("os.arch").equals("amd64"),
        engine.oneDnn());
  }

  /**
   * @param expectsOneDnn whether a build with oneDNN exists for this backend and machine
   */
  static Finding judge(String backend, boolean expectsOneDnn, boolean builtWithOneDnn) {
    if (!expectsOneDnn) {
      return Finding.ok(NAME, backend);
    }
    if (!builtWithOneDnn) {
      return Finding.warn(
          NAME,
          backend + ", without oneDNN: what ND4J computes itself is slower",
          "Put nd4j-native's classifier linux-x86_64-onednn-avx2 on the class path.");
    }
    return Finding.ok(NAME, backend + ", oneDNN");
  }
}
