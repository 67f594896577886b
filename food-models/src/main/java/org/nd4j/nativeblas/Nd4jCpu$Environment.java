package org.nd4j.nativeblas;

/**
 * Answers DL4J's question whether ND4J was built with oneDNN.
 *
 * <p>DL4J 1.0.0-M2.1's {@code BaseMKLDNNHelper} looks up this class by name and takes its absence
 * for "no": ND4J moved the real one to another package in the same release. Without the answer
 * convolutions fall back to im2col and a matrix product. It goes when our own layers reach the
 * engine directly.
 */
public final class Nd4jCpu$Environment {
  private static final Nd4jCpu$Environment INSTANCE = new Nd4jCpu$Environment();

  private Nd4jCpu$Environment() {}

  /** Called by reflection. */
  public static Nd4jCpu$Environment getInstance() {
    return INSTANCE;
  }

  /** Called by reflection. */
  public boolean isUseMKLDNN() {
    String build = NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
    return build != null && build.contains("HAVE_ONEDNN");
  }
}
