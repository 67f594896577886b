package org.food4j.models.onnx.export;

import java.util.List;
import java.util.Locale;

/** A graph holds parts that have no ONNX form; the message names all of them. */
public final class UnsupportedLayersException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String[] problems;

  UnsupportedLayersException(List<String> problems) {
    super(
        String.format(
            Locale.ROOT,
            "%d part%s of the graph cannot be written as ONNX: %s",
            problems.size(),
            problems.size() == 1 ? "" : "s",
            String.join("; ", problems)));
    this.problems = problems.toArray(String[]::new);
  }

  /** One line for each: the vertex, its class, and what is not supported. */
  public List<String> problems() {
    return List.of(problems);
  }
}
