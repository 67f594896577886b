package org.food4j.models.layer;

import java.util.Locale;
import java.util.Properties;
import org.food4j.models.cuda.CudaDriver;
import org.food4j.models.kernel.Kernels;
import org.food4j.models.kernel.Precision;
import org.food4j.models.kernel.nd4j.Nd4jKernels;
import org.food4j.models.kernel.onednn.OneDnnKernels;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library under ND4J, and the choice of what computes this package's layers.
 *
 * @param backend {@code "CPU"} or {@code "CUDA"}
 * @param oneDnn whether the library was built with oneDNN
 * @param blas the BLAS library's name
 * @param threads that one operation may use
 */
public record NativeEngine(String backend, boolean oneDnn, String blas, int threads) {
  /** Of ND4J's backend for NVIDIA's GPUs. */
  private static final String CUDA_BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  /** Of ND4J's backend for the processor. */
  private static final String CPU_BACKEND = "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class";

  /** The property that chooses who computes float32 layers: {@code onednn} or {@code nd4j}. */
  public static final String KERNELS = "org.food4j.kernels";

  private static final Logger LOG = LoggerFactory.getLogger(NativeEngine.class);

  private static final Kernels PLAIN = new Nd4jKernels();

  /** Null until the first successful start; a failed one is tried, and told, again. */
  private static NativeEngine started;

  /** What computes float32 layers, chosen by the start. */
  private static volatile Kernels floatKernels = PLAIN;

  /**
   * Loads the library on the first call, and says in the log what it can do. Thread-safe.
   *
   * @throws IllegalStateException if no library for this machine is on the class path, or one for
   *     GPUs and this machine has none, at each call
   */
  public static synchronized NativeEngine start() {
    if (started == null) {
      if (computesOnGpus()) {
        requireGpu(CudaDriver.look());
      }
      NativeEngine loaded = load();
      floatKernels = forFloat(loaded.backend());
      started = loaded;
      started.log();
    }
    return started;
  }

  /**
   * What computes our layers in a floating-point type: oneDNN's own kernels for float32 on an
   * x86-64 processor, ND4J's operations for everything else. Thread-safe.
   */
  public Kernels kernels(DataType type) {
    return type == DataType.FLOAT ? floatKernels : PLAIN;
  }

  /**
   * Makes sure that this machine can train float32 networks with products in a precision, before a
   * training begins. Thread-safe.
   *
   * @throws IllegalArgumentException if it cannot; the message says what is missing
   */
  public void requireTraining(Precision precision) {
    kernels(DataType.FLOAT).require(precision);
  }

  /**
   * Whether ND4J would compute on GPUs: its backend for them is on the class path, and none for the
   * processor, to which it would fall back. Loads nothing. Thread-safe.
   */
  public static boolean computesOnGpus() {
    ClassLoader loader = NativeEngine.class.getClassLoader();
    return loader.getResource(CUDA_BACKEND) != null && loader.getResource(CPU_BACKEND) == null;
  }

  /** Before ND4J's library for GPUs is loaded, which without a driver ends in a linker's error. */
  static void requireGpu(CudaDriver driver) {
    driver
        .problem()
        .ifPresent(
            problem -> {
              throw new IllegalStateException(
                  "ND4J is built for CUDA here, and "
                      + problem
                      + ": build without -Pcuda (FOOD_MAVEN_ARGS) for the processor, or run on a machine with an NVIDIA GPU and its driver");
            });
  }

  private static Kernels forFloat(String backend) {
    String wanted = System.getProperty(KERNELS, "onednn");
    if (!wanted.equals("onednn") && !wanted.equals("nd4j")) {
      throw new IllegalArgumentException(
          "The property %s is onednn or nd4j, not %s".formatted(KERNELS, wanted));
    }
    if (wanted.equals("nd4j") || !isX86() || !backend.equals("CPU")) {
      return PLAIN;
    }
    try {
      return new OneDnnKernels(PLAIN);
    } catch (LinkageError e) {
      LOG.warn(
          "oneDNN's bindings do not load, training will be several times slower: put"
              + " org.bytedeco:dnnl and org.bytedeco:opencl on the class path, with the classifier of"
              + " your platform",
          e);
      return PLAIN;
    }
  }

  /** {@code "DL4J on CPU, layers by oneDNN 2.5.2, OPENBLAS, 2 threads"}. */
  public String description() {
    return String.format(
        Locale.ROOT,
        "DL4J on %s, layers by %s, %s, %d thread%s",
        backend,
        kernels(DataType.FLOAT).description(),
        blas,
        threads,
        threads == 1 ? "" : "s");
  }

  private static NativeEngine load() {
    NativeOps library;
    Properties environment;
    try {
      OpExecutioner executioner = Nd4j.getExecutioner();
      if (executioner == null) {
        throw unavailable(null); // how ND4J goes on when it finds no backend at all
      }
      environment = executioner.getEnvironmentInformation();
      library = NativeOpsHolder.getInstance().getDeviceNativeOps();
    } catch (ExceptionInInitializerError | NoClassDefFoundError | UnsatisfiedLinkError e) {
      throw unavailable(e);
    }
    String build = library.buildInfo();
    return new NativeEngine(
        environment.getProperty("backend").toUpperCase(Locale.ROOT),
        build != null && build.contains("HAVE_ONEDNN"),
        environment.getProperty("blas.vendor", "BLAS"),
        library.ompGetMaxThreads());
  }

  private void log() {
    LOG.info("{}", description());
    if (backend.equals("CPU") && !oneDnn && isX86()) {
      LOG.warn(
          "ND4J was built without oneDNN: what it computes itself will be slower. Put the classifier"
              + " linux-x86_64-onednn-avx2 (or your system's) of nd4j-native on the class path.");
    }
  }

  private static boolean isX86() {
    String processor = System.getProperty("os.arch");
    return processor.equals("amd64") || processor.equals("x86_64");
  }

  private static IllegalStateException unavailable(Throwable cause) {
    if (computesOnGpus()) {
      return new IllegalStateException(
          "ND4J's CUDA library does not load beside NVIDIA's driver %s: install the CUDA release that its artifact names, with cuDNN (11.6 with 8.3 by default), or build with -Pcuda,cuda-redist, which brings them; -Dnd4j.backend=... names another release's"
              .formatted(CudaDriver.look().version().orElse("of unknown version")),
          cause);
    }
    return new IllegalStateException(
        "ND4J's native library does not load on %s %s; name its classifier when building: -Dnd4j.classifier=..."
            .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
        cause);
  }
}
