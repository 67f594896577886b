package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxGraph;

/**
 * Rewrites an ONNX model so that it computes the same with less: passes over the graph, in turns,
 * until none finds anything more. Standard operators only, whoever wrote the file; what a pass does
 * not understand stays as it is. Names of inputs and outputs stay. Thread-safe.
 */
public final class GraphOptimizer {
  /** Rewriting ends long before; a pass that undoes another's work would not. */
  private static final int MOST_ROUNDS = 50;

  private final List<GraphPass> passes;

  /**
   * An optimiser of one's own choice.
   *
   * @param passes in the order of application, each under a name of its own
   */
  public GraphOptimizer(List<GraphPass> passes) {
    this.passes = List.copyOf(passes);
  }

  /** The optimiser with all passes of this library. */
  public static GraphOptimizer standard() {
    return new GraphOptimizer(
        List.of(
            new ConstantNodes(),
            new NoOperation(),
            new ShapeFolding(),
            new ConstantFolding(),
            new DuplicateConstants(),
            new DuplicateNodes(),
            new ReshapeMerging(),
            new TransposeMerging(),
            new PadFusion(),
            new AffineFolding(),
            new GemmFusion(),
            new GlobalPooling(),
            new DeadNodes()));
  }

  /**
   * Only what folds normalisation into weights, and what that needs: for a change of the numbers
   * that weights are stored in.
   */
  public static GraphOptimizer normalizationFolding() {
    return new GraphOptimizer(
        List.of(new ConstantNodes(), new NoOperation(), new AffineFolding(), new DeadNodes()));
  }

  /** Only what stores equal weights once, each in place of those under other names. */
  public static GraphOptimizer weightMerging() {
    return new GraphOptimizer(List.of(new DuplicateConstants()));
  }

  /** The passes' names, in their order. */
  public List<String> passes() {
    return passes.stream().map(GraphPass::name).toList();
  }

  /**
   * Optimises a model. What was done is added to its {@link ModelHistory}.
   *
   * @throws IllegalArgumentException if its graph is not one, or holds values in files of their own
   */
  public OptimizedModel optimize(ModelProto model) {
    OnnxGraph graph = OnnxGraph.of(model);
    Map<String, Integer> before = operators(model);
    Map<String, Integer> changes = apply(graph);
    ModelProto optimized = ModelHistory.of(model).then("optimize").writtenInto(graph.toModel());
    return new OptimizedModel(
        optimized,
        new OptimizationReport(
            changes,
            before,
            operators(optimized),
            model.getSerializedSize(),
            optimized.getSerializedSize()));
  }

  /**
   * Optimises a graph in place.
   *
   * @return by the passes' names in their order, how many changes each has made
   * @throws IllegalArgumentException if attributes or weights contradict each other
   */
  public Map<String, Integer> apply(OnnxGraph graph) {
    Map<String, Integer> changes = new LinkedHashMap<>();
    passes.forEach(pass -> changes.put(pass.name(), 0));
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int found = 0;
      for (GraphPass pass : passes) {
        int made = apply(pass, graph);
        changes.merge(pass.name(), made, Integer::sum);
        found += made;
      }
      if (found == 0) {
        return changes;
      }
    }
    throw new IllegalStateException(
        "The passes %s do not come to an end: two of them undo each other's work"
            .formatted(passes()));
  }

  private static int apply(GraphPass pass, OnnxGraph graph) {
    try {
      return pass.apply(graph);
    } catch (IndexOutOfBoundsException | ArithmeticException | NullPointerException e) {
      throw new IllegalArgumentException(
          "The graph is damaged: '%s' finds attributes, shapes or weights that do not fit (%s)"
              .formatted(pass.name(), e.getMessage()),
          e);
    }
  }

  /** How many nodes of each operator a model has outside bodies of control flow. */
  static Map<String, Integer> operators(ModelProto model) {
    Map<String, Integer> counts = new TreeMap<>();
    for (NodeProto node : model.getGraph().getNodeList()) {
      String operator =
          OnnxGraph.standard(node) ? node.getOpType() : node.getDomain() + "." + node.getOpType();
      counts.merge(operator, 1, Integer::sum);
    }
    return counts;
  }
}
