package org.food4j.models.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.food4j.models.cuda.CudaDriver;

/**
 * What computes for ONNX Runtime. {@code com.microsoft.onnxruntime:onnxruntime} has the CPU alone,
 * {@code onnxruntime_gpu} all three; a model that a GPU cannot compute wholly is refused rather
 * than computed in part on the CPU.
 */
public enum ExecutionProvider {
  /** The processor. */
  CPU("CPU", OrtProvider.CPU),
  /** NVIDIA's GPUs through cuDNN. */
  CUDA("CUDA", OrtProvider.CUDA),
  /**
   * NVIDIA's GPUs through TensorRT, whose own libraries must be on the machine; CUDA computes what
   * TensorRT does not know. It builds an engine for each shape of the input when it first meets it,
   * which takes up to minutes.
   */
  TENSORRT("TensorRT", OrtProvider.TENSOR_RT);

  private final String title;
  private final OrtProvider provider;

  ExecutionProvider(String title, OrtProvider provider) {
    this.title = title;
    this.provider = provider;
  }

  /** As NVIDIA and ONNX Runtime write it. */
  public String title() {
    return title;
  }

  /** As options and files write it: {@code "tensorrt"}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The provider of that key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ExecutionProvider of(String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no execution provider '%s': %s are known"
                        .formatted(key, keys(EnumSet.allOf(ExecutionProvider.class)))));
  }

  /** Those that the library on the class path was built with, whether or not there is a GPU. */
  public static Set<ExecutionProvider> available() {
    Set<OrtProvider> built = OrtEnvironment.getAvailableProviders();
    return Arrays.stream(values())
        .filter(each -> built.contains(each.provider))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ExecutionProvider.class)));
  }

  /**
   * Checks that the library on the class path was built with this provider, and that the machine
   * has a GPU where it needs one.
   *
   * @throws UnavailableProviderException if not
   */
  public void requireAvailable() {
    if (!available().contains(this)) {
      throw new UnavailableProviderException(
          "The ONNX Runtime on the class path has no %s, only %s: put com.microsoft.onnxruntime:onnxruntime_gpu there instead (in this project -Pcuda, or -Ponnxruntime-gpu, which leaves ND4J on the processor), with CUDA and cuDNN on the machine"
              .formatted(title, keys(available())));
    }
    if (this != CPU) {
      requireGpu(CudaDriver.look());
    }
  }

  /** Before the runtime loads the provider, whose error would be a linker's. */
  void requireGpu(CudaDriver driver) {
    driver
        .problem()
        .ifPresent(
            problem -> {
              throw new UnavailableProviderException(
                  "%s needs an NVIDIA GPU, and %s: take the provider cpu, or run on a machine with a GPU, its driver, CUDA 12 and cuDNN 9"
                      .formatted(title, problem));
            });
  }

  /** Tells a session's options; it then computes nowhere else. */
  void configure(SessionOptions options) throws OrtException {
    requireAvailable();
    if (this == CPU) {
      return;
    }
    try {
      if (this == TENSORRT) {
        options.addTensorrt(0);
      }
      options.addCUDA(0);
    } catch (OrtException e) {
      throw new UnavailableProviderException(
          "ONNX Runtime's %s does not load (%s): install CUDA 12 with cuDNN 9%s, where the linker finds them, or take the provider cpu"
              .formatted(title, e.getMessage(), this == TENSORRT ? " and TensorRT 10" : ""));
    }
    options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
  }

  private static String keys(Set<ExecutionProvider> providers) {
    return providers.stream().map(ExecutionProvider::key).collect(Collectors.joining(", "));
  }
}
