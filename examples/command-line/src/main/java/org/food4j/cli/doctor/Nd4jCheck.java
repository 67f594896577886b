package org.food4j.cli.doctor;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Whether ND4J computes, with which backend, and whether DL4J's layers reach oneDNN. */
final class Nd4jCheck {
  private static final String NAME = "ND4J";

  private Nd4jCheck() {}

  static Finding look() {
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
    String backend = Nd4j.getBackend().getClass().getSimpleName();
    String build = NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
    return judge(
        "%s, %d threads".formatted(backend, Nd4j.getEnvironment().maxThreads()),
        Nd4j.getEnvironment().isCPU() && System.getProperty("os.arch").equals("amd64"),
        build.contains("HAVE_ONEDNN"),
        layersReachOneDnn());
  }

  /**
   * @param expectsOneDnn whether a build with oneDNN exists for this backend and machine
   */
  static Finding judge(
      String backend, boolean expectsOneDnn, boolean builtWithOneDnn, boolean layersReachIt) {
    if (!expectsOneDnn) {
      return Finding.ok(NAME, backend);
    }
    if (!builtWithOneDnn) {
      return Finding.warn(
          NAME,
          backend + ", without oneDNN: training is several times slower",
          "Put nd4j-native's classifier linux-x86_64-onednn-avx2 on the class path.");
    }
    if (!layersReachIt) {
      return Finding.warn(
          NAME,
          backend + ", oneDNN, but DL4J's layers do not use it",
          "Start with examples/food; in a program of your own, set"
              + " -Dorg.eclipse.deeplearning4j.helpers.disable=false and have food-models on the"
              + " class path.");
    }
    return Finding.ok(NAME, backend + ", oneDNN");
  }

  /** The two conditions of DL4J's {@code BaseMKLDNNHelper}: a property, and a class it looks up. */
  private static boolean layersReachOneDnn() {
    if (!"false".equals(System.getProperty("org.eclipse.deeplearning4j.helpers.disable"))) {
      return false;
    }
    try {
      Class.forName("org.nd4j.nativeblas.Nd4jCpu$Environment");
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
