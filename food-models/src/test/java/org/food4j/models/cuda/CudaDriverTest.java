package org.food4j.models.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaDriverTest {
  @TempDir private Path root;

  @Test
  void look_withoutADriver_saysSo() throws Exception {
    put("usr/local/cuda/lib64/stubs/libcuda.so");
    put("dev/null");
    CudaDriver driver = look(Map.of());
    assertThat(driver.library()).isEmpty();
    assertThat(driver.devices()).isEmpty();
    assertThat(driver.problem().orElseThrow()).contains("no NVIDIA driver").doesNotContain("\n");
  }

  @Test
  void look_withADriverAndGpus_findsThem() throws Exception {
    put("usr/lib/x86_64-linux-gnu/libcuda.so.1");
    put("dev/nvidia0");
    put("dev/nvidia1");
    put("dev/nvidiactl");
    Files.writeString(
        put("proc/driver/nvidia/version"),
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.161.08  Sat Feb  3 2024\nGCC version: gcc 12.2.0\n");
    CudaDriver driver = look(Map.of());
    assertThat(driver.problem()).isEmpty();
    assertThat(driver.devices())
        .containsExactly(root.resolve("dev/nvidia0"), root.resolve("dev/nvidia1"));
    assertThat(driver.version()).contains("535.161.08");
  }

  @Test
  void look_inAContainerWithoutItsGpus_saysSo() throws Exception {
    put("usr/lib64/libcuda.so.1");
    put("dev/nvidiactl");
    assertThat(look(Map.of()).problem().orElseThrow()).contains("no NVIDIA GPU", "--gpus all");
  }

  @Test
  void look_whereTheLinkerIsTold_looksThere() throws Exception {
    Path told = put("opt/nvidia/libcuda.so.1");
    put("dev/dxg");
    assertThat(look(Map.of()).library()).isEmpty();
    assertThat(look(Map.of("LD_LIBRARY_PATH", ":" + told.getParent())).library()).contains(told);
    Files.writeString(
        put("etc/ld.so.cache"),
        "glibc-ld.so.cache1.1\0\1\u00ff/usr/lib/libc.so.6\0libcuda.so.1\0/opt/nvidia/libcuda.so.1\0",
        StandardCharsets.ISO_8859_1);
    assertThat(look(Map.of()).library()).contains(told);
    assertThat(look(Map.of()).problem()).isEmpty();
  }

  @Test
  void look_onASystemWithoutCuda_findsNothing() throws Exception {
    put("usr/lib64/libcuda.so.1");
    assertThat(CudaDriver.look(root, "Mac OS X", Map.of()).problem()).isPresent();
  }

  @Test
  void look_onWindows_needsNoDeviceFiles() throws Exception {
    put("System32/nvcuda.dll");
    CudaDriver driver =
        CudaDriver.look(Path.of("/"), "Windows 11", Map.of("SystemRoot", root.toString()));
    assertThat(driver.problem()).isEmpty();
  }

  private CudaDriver look(Map<String, String> environment) {
    return CudaDriver.look(root, "Linux", environment);
  }

  private Path put(String file) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.createFile(path);
  }
}
