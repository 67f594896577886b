package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.nio.file.Path;
import org.food4j.models.onnx.OnnxModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
