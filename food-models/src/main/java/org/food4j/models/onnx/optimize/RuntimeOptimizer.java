package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.food4j.models.onnx.ModelHistory;

/**
 * ONNX Runtime's own optimisation, done once and kept in the file instead of at every start. What
 * it writes runs in ONNX Runtime only, above {@link RuntimeLevel#BASIC}.
 */
public final class RuntimeOptimizer {
  private RuntimeOptimizer() {}

  /**
   * Optimises a model on the CPU. Metadata is that of the original, with this step in its history.
   *
   * @throws IllegalArgumentException if the runtime refuses the model
   * @throws IOException if its temporary file cannot be written or read
   */
  public static OptimizedModel optimize(ModelProto model, RuntimeLevel level) throws IOException {
    Path folder = Files.createTempDirectory("food4j-optimize");
    Path file = folder.resolve("optimized.onnx");
    try {
      write(model, level, file);
      ModelProto written;
      try (InputStream in = Files.newInputStream(file)) {
        written = ModelProto.parseFrom(in);
      }
      ModelProto complete =
          written.toBuilder()
              .clearMetadataProps() // the runtime's may be in another order, or missing
              .addAllMetadataProps(model.getMetadataPropsList())
              .build();
      ModelProto optimized =
          ModelHistory.of(model).then("optimize --level " + level.key()).writtenInto(complete);
      return new OptimizedModel(
          optimized,
          new OptimizationReport(
              Map.of(),
              GraphOptimizer.operators(model),
              GraphOptimizer.operators(optimized),
              model.getSerializedSize(),
              optimized.getSerializedSize()));
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void write(ModelProto model, RuntimeLevel level, Path file) {
    try (SessionOptions options = new SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setOptimizationLevel(level.level());
      options.setOptimizedModelFilePath(file.toString());
      options.setIntraOpNumThreads(1);
      OrtEnvironment.getEnvironment().createSession(model.toByteArray(), options).close();
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot load the model (%s)".formatted(e.getMessage()), e);
    }
  }
}
