package org.food4j.samples;

import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.export.OnnxConverter;
import org.food4j.models.onnx.export.VertexContext;

// region: a converter
/**
 * {@link PowerMeanPooling} in ONNX's operations. Maps are channels first in a file: places are axes
 * 2 and 3.
 */
final class PowerMeanConverter implements OnnxConverter<PowerMeanPooling> {
  @Override
  public String convert(PowerMeanPooling layer, VertexContext context) {
    double power = context.parameter(PowerMeanPooling.POWER).getDouble(0);
    String floor = context.scalar("floor", PowerMeanPooling.FLOOR);
    String x = context.node(OnnxNode.of("Max", context.input(), floor));
    x = context.node(OnnxNode.of("Pow", x, context.scalar("power", power)));
    OnnxNode mean = OnnxNode.of("ReduceMean", x);
    x = context.node(mean.with("axes", new int[] {2, 3}).with("keepdims", 0L));
    return context.node(OnnxNode.of("Pow", x, context.scalar("root", 1 / power)));
  }
}
// end region
