package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.util.Map;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.runtime.CpuSession;

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
    ModelProto complete =
        CpuSession.optimized(model, level.level()).toBuilder()
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
  }
}
