package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.food4j.models.cuda.CudaDriver;
import org.food4j.models.onnx.OnnxModelFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExecutionProviderTest {
  @TempDir Path folder;

  @Test
  void of_aKey_isTheProviderOrAnErrorThatNamesAll() {
    for (ExecutionProvider provider : ExecutionProvider.values()) {
      assertThat(ExecutionProvider.of(provider.key())).isSameAs(provider);
    }
    assertThatThrownBy(() -> ExecutionProvider.of("rocm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no execution provider 'rocm': cpu, cuda, tensorrt are known");
  }

  @Test
  void available_hasTheCpuAlways() {
    assertThat(ExecutionProvider.available()).contains(ExecutionProvider.CPU);
    ExecutionProvider.CPU.requireAvailable();
  }

  @Test
  void requireGpu_withoutADriver_saysWhatToDoInstead() {
    CudaDriver none = new CudaDriver(Optional.empty(), List.of(), Optional.empty());
    assertThatThrownBy(() -> ExecutionProvider.TENSORRT.requireGpu(none))
        .isInstanceOf(UnavailableProviderException.class)
        .hasMessageStartingWith(
            "TensorRT needs an NVIDIA GPU, and this machine has no NVIDIA driver")
        .hasMessageContaining("take the provider cpu")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void open_onAProviderThatIsNotThere_isRefusedRatherThanComputedOnTheCpu() throws Exception {
    assumeFalse(
        ExecutionProvider.available().contains(ExecutionProvider.CUDA),
        "the ONNX Runtime on the class path has CUDA");
    Path file = folder.resolve("model.onnx");
    OnnxModelFile.write(file, SmallModel.withOutput("logits"), SmallModel.CARD);
    RuntimeSettings settings = RuntimeSettings.shared(1).on(ExecutionProvider.CUDA);
    assertThat(settings.spinning()).isFalse();
    assertThatThrownBy(() -> OnnxClassifier.open(file, settings))
        .isInstanceOf(UnavailableProviderException.class)
        .hasMessageContaining("has no CUDA, only cpu")
        .hasMessageContaining("onnxruntime_gpu");
  }

  @Tag("gpu")
  @ParameterizedTest
  @EnumSource(names = {"CUDA", "TENSORRT"})
  void open_onAGpu_agreesWithTheProcessor(ExecutionProvider provider) throws Exception {
    Optional<String> problem = CudaDriver.look().problem();
    assumeTrue(problem.isEmpty(), problem::orElseThrow);
    assumeTrue(
        ExecutionProvider.available().contains(provider),
        "the ONNX Runtime on the class path has no " + provider.title());
    Path file = folder.resolve("model.onnx");
    OnnxModelFile.write(file, SmallModel.withOutput("logits"), SmallModel.CARD);
    float[] photos = new float[2 * 3 * SmallModel.SIZE * SmallModel.SIZE];
    for (int i = 0; i < photos.length; i++) {
      photos[i] = (float) Math.sin(0.37 * i);
    }
    try (OnnxClassifier cpu = OnnxClassifier.open(file, RuntimeSettings.shared(1));
        OnnxClassifier gpu = OnnxClassifier.open(file, RuntimeSettings.shared(1).on(provider))) {
      // cuDNN may multiply in TF32, which has 10 bits of mantissa
      assertThat(gpu.logits(photos, 2)).containsExactly(cpu.logits(photos, 2), offset(2e-3f));
    }
  }
}
