package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkerJvmTest {
  @Test
  void options_thatTwoProcessesCannotShare_areLeftOut() {
    assertThat(
            WorkerJvm.shared(
                List.of(
                    "-Xmx2g",
                    "-agentlib:jdwp=transport=dt_socket,address=5005",
                    "-javaagent:jacoco.jar",
                    "-Dcom.sun.management.jmxremote.port=9010",
                    "-Xlog:gc*:file=gc.log",
                    "-Xloggc:gc.log",
                    "-XX:StartFlightRecording=filename=a.jfr",
                    "-Dfood.terminal=80",
                    "-Dorg.bytedeco.javacpp.maxbytes=4g")))
        .containsExactly("-Xmx2g", "-Dorg.bytedeco.javacpp.maxbytes=4g");
  }

  @Test
  void classPath_ofOnnxRuntimesJvm_hasNoCudaOfNd4j() {
    List<String> kept =
        List.of(
            "/cuda-11/target/classes",
            "/m2/onnxruntime_gpu-1.28.0.jar",
            "/m2/nd4j-api-1.0.0-M2.1.jar",
            "/m2/javacpp-1.5.7-linux-x86_64.jar");
    List<String> all = new ArrayList<>(kept);
    all.addAll(
        1,
        List.of(
            "/m2/nd4j-cuda-11.6-1.0.0-M2.1.jar",
            "/m2/nd4j-cuda-11.6-1.0.0-M2.1-linux-x86_64-cudnn.jar",
            "/m2/nd4j-cuda-11.6-preset-1.0.0-M2.1.jar",
            "/m2/cuda-11.6-8.3-1.5.7.jar",
            "/m2/cuda-11.6-8.3-1.5.7-linux-x86_64-redist.jar"));
    assertThat(WorkerJvm.withoutCudaOfNd4j(String.join(File.pathSeparator, all)))
        .isEqualTo(String.join(File.pathSeparator, kept));
  }
}
