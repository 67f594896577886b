package org.food4j.models.onnx.optimize;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an optimisation has changed. Immutable.
 *
 * @param changes made by each pass, in the order of the passes
 * @param operatorsBefore number of nodes by operator, with its domain unless that is ONNX's own
 * @param operatorsAfter the same of the optimised model
 * @param bytesBefore size of the original as a file
 * @param bytesAfter size of the optimised model as a file
 */
public record OptimizationReport(
    Map<String, Integer> changes,
    Map<String, Integer> operatorsBefore,
    Map<String, Integer> operatorsAfter,
    long bytesBefore,
    long bytesAfter) {
  /** Copies the maps. */
  public OptimizationReport {
    changes = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
    operatorsBefore = Collections.unmodifiableMap(new TreeMap<>(operatorsBefore));
    operatorsAfter = Collections.unmodifiableMap(new TreeMap<>(operatorsAfter));
  }

  /** Number of nodes of the original. */
  public int nodesBefore() {
    return sum(operatorsBefore);
  }

  /** Number of nodes of the optimised model. */
  public int nodesAfter() {
    return sum(operatorsAfter);
  }

  /** This report followed by that of a later optimisation of its result. */
  public OptimizationReport then(OptimizationReport later) {
    Map<String, Integer> all = new LinkedHashMap<>(changes);
    later.changes.forEach((pass, made) -> all.merge(pass, made, Integer::sum));
    return new OptimizationReport(
        all, operatorsBefore, later.operatorsAfter, bytesBefore, later.bytesAfter);
  }

  /** The report as lines of text: passes that made changes, then operators, then sizes. */
  public String table() {
    StringBuilder table = new StringBuilder();
    String row = "%-32s %9s %9s%n";
    table.append(String.format(row, "pass", "", "changes"));
    changes.forEach(
        (pass, made) -> {
          if (made > 0) {
            table.append(String.format(row, "  " + pass, "", made));
          }
        });
    table.append(String.format(row, "operator", "before", "after"));
    TreeSet<String> operators = new TreeSet<>(operatorsBefore.keySet());
    operators.addAll(operatorsAfter.keySet());
    for (String operator : operators) {
      int before = operatorsBefore.getOrDefault(operator, 0);
      int after = operatorsAfter.getOrDefault(operator, 0);
      table.append(String.format(row, "  " + operator, before, after));
    }
    table.append(String.format(row, "nodes", nodesBefore(), nodesAfter()));
    table.append(String.format(row, "bytes", bytesBefore, bytesAfter));
    return table.toString();
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
