package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.food4j.models.cuda.CudaDriver;
import org.junit.jupiter.api.Test;

class NativeEngineTest {
  @Test
  void start_again_isTheSameEngine() {
    NativeEngine engine = NativeEngine.start();
    assertThat(NativeEngine.start()).isSameAs(engine);
    assertThat(engine.threads()).isPositive();
  }

  @Test
  void requireGpu_withoutADriver_saysSoInOneLine() {
    CudaDriver none = new CudaDriver(Optional.empty(), List.of(), Optional.empty());
    assertThatThrownBy(() -> NativeEngine.requireGpu(none))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "ND4J is built for CUDA here, and this machine has no NVIDIA driver")
        .hasMessageContaining("build without -Pcuda")
        .message()
        .doesNotContain("\n");
    NativeEngine.requireGpu(
        new CudaDriver(
            Optional.of(Path.of("/usr/lib64/libcuda.so.1")),
            List.of(Path.of("/dev/nvidia0")),
            Optional.empty()));
  }

  @Test
  void start_withoutANativeLibrary_saysSoEachTime() throws Exception {
    try (URLClassLoader without =
        new URLClassLoader(classPathWithoutBackend(), ClassLoader.getPlatformClassLoader())) {
      Method start = without.loadClass(NativeEngine.class.getName()).getMethod("start");
      for (int call = 0; call < 3; call++) {
        assertThatThrownBy(() -> start.invoke(null))
            .isInstanceOf(InvocationTargetException.class)
            .cause()
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("native library does not load");
      }
    }
  }

  private static URL[] classPathWithoutBackend() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(classPath.split(File.pathSeparator))
        .filter(entry -> !new File(entry).getName().matches("nd4j-(native|cuda).*"))
        .map(NativeEngineTest::url)
        .toArray(URL[]::new);
  }

  private static URL url(String entry) {
    try {
      return new File(entry).toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(entry, e);
    }
  }
}
