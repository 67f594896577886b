package org.food4j.models.onnx.quantize;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which operations stay float because somebody says so.
 *
 * @param operators by type, {@code "Sigmoid"}
 * @param names found in the name of the operation or of its first output
 */
public record KeepFloat(Set<String> operators, List<Pattern> names)
    implements Predicate<NodeProto> {
  /** Everything that can be quantised is. */
  public static final KeepFloat NOTHING = new KeepFloat(Set.of(), List.of());

  /** Copies both. */
  public KeepFloat {
    operators = Set.copyOf(operators);
    names = List.copyOf(names);
  }

  /**
   * From words of a command line.
   *
   * @throws java.util.regex.PatternSyntaxException if a name is no regular expression
   */
  public static KeepFloat of(Collection<String> operators, Collection<String> names) {
    return new KeepFloat(Set.copyOf(operators), names.stream().map(Pattern::compile).toList());
  }

  @Override
  public boolean test(NodeProto node) {
    String output = node.getOutputCount() == 0 ? "" : node.getOutput(0);
    return operators.contains(node.getOpType())
        || names.stream()
            .anyMatch(name -> name.matcher(node.getName()).find() || name.matcher(output).find());
  }
}
