package org.food4j.cli.doctor;

import java.nio.file.Path;
import java.util.List;
import org.food4j.data.picture.PictureFonts;

/** All checks, from the ground up: an engine's failure may follow from a folder's. */
public final class Checks {
  private static final String REINSTALL =
      "Delete the JavaCPP cache and build again (mvn clean package); if it stays, the native"
          + " libraries of this operating system are missing from the class path.";

  private Checks() {}

  /** The checks in the order to run them; none has run yet. */
  public static List<Check> all() {
    return List.of(
        new Check("Java", "Use a JDK 17 or newer.", JavaCheck::look),
        new Check("Processor", "Report this machine's /proc/cpuinfo.", ProcessorCheck::look),
        new Check("Memory", "Use a JDK with the module jdk.management.", MemoryCheck::look),
        folder(
            "Temporary files", Path.of(System.getProperty("java.io.tmpdir")), "-Djava.io.tmpdir="),
        folder("Native cache", FolderCheck.nativeCache(), "-Dorg.bytedeco.javacpp.cachedir="),
        new Check("ND4J", REINSTALL, Nd4jCheck::look),
        new Check("Layers", REINSTALL, LayersCheck::look),
        new Check("OpenCV", REINSTALL, OpenCvCheck::look),
        new Check("FFmpeg", REINSTALL, FfmpegCheck::look),
        new Check(
            "ONNX Runtime",
            "It unpacks its library into the temporary folder, which must allow execution; choose"
                + " another with FOOD_JAVA_OPTS=-Djava.io.tmpdir=FOLDER.",
            OnnxRuntimeCheck::look),
        new Check("Fonts", PictureFonts.ADVICE + ".", FontsCheck::look),
        new Check("GPU", "Check the NVIDIA driver: nvidia-smi must run.", GpuCheck::look));
  }

  private static Check folder(String name, Path folder, String option) {
    String advice =
        "Make %s writable with 1 GB free, or choose another folder with FOOD_JAVA_OPTS=%sFOLDER."
            .formatted(folder, option);
    return new Check(name, advice, () -> new FolderCheck(name, folder, advice).look());
  }
}
