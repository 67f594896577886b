package org.food4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChecksTest {
  private static final long GIB = 1L << 30;

  @Test
  void all_onThisMachine_enginesCompute() {
    List<Finding> findings = Checks.all().stream().map(Check::run).toList();
    assertThat(findings)
        .filteredOn(
            f -> List.of("ND4J", "Layers", "OpenCV", "ONNX Runtime", "Fonts").contains(f.check()))
        .hasSize(5)
        .allSatisfy(f -> assertThat(f.status()).as(f.found()).isNotEqualTo(Status.FAIL));
    assertThat(findings).extracting(Finding::check).startsWith("Java").endsWith("GPU");
  }

  @Test
  void fonts_thatAreMissing_areAWarningWithTheirPackages() {
    assertThat(FontsCheck.judge(() -> "DejaVu Sans")).isEqualTo(Finding.ok("Fonts", "DejaVu Sans"));
    Finding missing =
        FontsCheck.judge(
            () -> {
              throw new IllegalStateException("no font");
            });
    assertThat(missing.status()).isEqualTo(Status.WARN);
    assertThat(missing.advice()).contains("fontconfig fonts-dejavu-core");
  }

  @Test
  void run_lookThrows_isAFailureWithTheInnermostReason() {
    Check check =
        new Check(
            "ND4J",
            "Build again.",
            () -> {
              throw new ExceptionInInitializerError(
                  new IllegalStateException("outer", new IOException("disk\nfull")));
            });
    assertThat(check.run())
        .isEqualTo(Finding.fail("ND4J", "IOException: disk full", "Build again."));
  }

  @Test
  void finding_problemWithoutAdvice_isRefused() {
    assertThatThrownBy(() -> new Finding("GPU", Status.WARN, "slow", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GPU");
    assertThatThrownBy(() -> new Finding("GPU", Status.OK, "fast", "Buy another."))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "UTF-8, OK",
    "ANSI_X3.4-1968, WARN",
  })
  void java_fileNameEncoding_decides(String encoding, Status status) {
    assertThat(JavaCheck.judge("17", encoding).status()).isEqualTo(status);
  }

  @Test
  void processor_flags_areNamed() {
    List<String> cpuInfo =
        List.of("model name\t: A Processor", "flags\t\t: fpu avx avx2 avx512f amx_tile");
    assertThat(ProcessorCheck.judge(2, "amd64", cpuInfo))
        .isEqualTo(Finding.ok("Processor", "2 processors, A Processor, AVX2, AVX-512, AMX"));
  }

  @Test
  void processor_withoutAvx2_fails() {
    Finding finding = ProcessorCheck.judge(1, "amd64", List.of("flags : fpu avx"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.advice()).contains("nd4j.classifier");
  }

  @Test
  void processor_withoutCpuInfo_namesTheArchitecture() {
    assertThat(ProcessorCheck.judge(8, "aarch64", List.of()))
        .isEqualTo(Finding.ok("Processor", "8 processors, aarch64"));
  }

  @ParameterizedTest
  @CsvSource({
    "24, 3, 14, OK",
    "24, 12, 14, WARN",
    "6, 1, 3, WARN",
    "2, 1, 1, FAIL",
  })
  void memory_totalAndLimits_decide(long total, long heap, long tensors, Status status) {
    Finding finding = MemoryCheck.judge(total * GIB, heap * GIB, tensors * GIB, 0);
    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.found()).startsWith(total + ".0 GiB; at most " + heap + ".0 GiB");
  }

  @Test
  void folder_thatIsAFile_fails(@TempDir Path temp) throws IOException {
    Path file = Files.createFile(temp.resolve("file"));
    FolderCheck folder = new FolderCheck("Cache", file, "Choose another.");
    Finding finding = new Check("Cache", "Choose another.", folder::look).run();
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.found()).contains(file.toString());
  }

  @Test
  void folder_look_leavesNothingBehind(@TempDir Path temp) throws IOException {
    Path folder = temp.resolve("new");
    assertThat(new FolderCheck("Cache", folder, "Free some.").look().found())
        .startsWith(folder.toString());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folder_onAFullDisk_fails(@TempDir Path temp) {
    FolderCheck folder = new FolderCheck("Cache", temp, "Free some.");
    assertThat(folder.judge(GIB / 2).status()).isEqualTo(Status.FAIL);
    assertThat(folder.judge(GIB).status()).isEqualTo(Status.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "true, true, OK, oneDNN",
    "true, false, WARN, without oneDNN",
    "false, false, OK, CpuBackend",
  })
  void nd4j_oneDnn_isExpectedWhereItExists(
      boolean expects, boolean built, Status status, String words) {
    Finding finding = Nd4jCheck.judge("CpuBackend", expects, built);
    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.found()).contains(words);
  }

  @ParameterizedTest
  @CsvSource({
    "oneDNN 2.5.2, true, '', OK, computed by oneDNN 2.5.2, ''",
    "ND4J, false, '', OK, computed by ND4J, ''",
    "ND4J, true, '', WARN, several times slower, org.bytedeco:dnnl",
    "ND4J, true, nd4j, WARN, several times slower, Take away -Dorg.food4j.kernels=nd4j",
    "ND4J, true, onednn, WARN, several times slower, org.bytedeco:dnnl",
  })
  void layers_computedByNd4j_areAWarningWhereOneDnnCould(
      String computes, boolean expects, String chosen, Status status, String found, String advice) {
    Finding finding = LayersCheck.judge(computes, "ND4J", expects, chosen);
    assertThat(finding.status()).isEqualTo(status);
    assertThat(finding.found()).contains(found);
    assertThat(finding.advice()).contains(advice);
  }

  @Test
  void gpu_present_isAWarningUntilTheBuildUsesIt() {
    List<String> gpus = List.of("NVIDIA H200, 143771 MiB, 570.1");
    assertThat(GpuCheck.judge(gpus, false).status()).isEqualTo(Status.WARN);
    assertThat(GpuCheck.judge(gpus, true).status()).isEqualTo(Status.OK);
    assertThat(GpuCheck.judge(List.of(), false).status()).isEqualTo(Status.OK);
  }

  @Test
  void gpu_missing_isAFailureOnlyWhereTheBuildComputesOnIt() {
    Optional<String> problem = Optional.of("this machine has no NVIDIA driver");
    assertThat(GpuCheck.withoutGpu(problem, false).status()).isEqualTo(Status.OK);
    Finding wanted = GpuCheck.withoutGpu(problem, true);
    assertThat(wanted.status()).isEqualTo(Status.FAIL);
    assertThat(wanted.found()).contains("computes on GPUs, and this machine has no NVIDIA driver");
    assertThat(wanted.advice()).contains("FOOD_MAVEN_ARGS");
    assertThat(GpuCheck.withoutGpu(Optional.empty(), true).found()).contains("nvidia-smi");
  }

  @Test
  void onnxRuntime_builtForGpus_saysWhatItRunsOnHere() {
    List<String> built = List.of("TENSOR_RT", "CUDA", "CPU");
    assertThat(OnnxRuntimeCheck.describe(built, true)).isEqualTo("runs on TENSOR_RT, CUDA, CPU");
    assertThat(OnnxRuntimeCheck.describe(built, false))
        .isEqualTo("runs on CPU; built for CUDA, TENSOR_RT too, which need an NVIDIA GPU");
    assertThat(OnnxRuntimeCheck.describe(List.of("CPU"), false)).isEqualTo("runs on CPU");
  }
}
