package org.food4j.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.inference.ForeignModel;

/**
 * A model to measure.
 *
 * @param path a run directory or an ONNX file
 * @param name as much of the path as tells it from the others
 * @param provider what ONNX Runtime computes on; CPU for a run
 * @param said what an ONNX file made elsewhere does not say itself; nothing of runs and of files
 *     with a card
 */
public record Subject(Path path, String name, ExecutionProvider provider, ForeignModel said) {
  /** A model that says all about itself. */
  public Subject(Path path, String name, ExecutionProvider provider) {
    this(path, name, provider, ForeignModel.UNSAID);
  }

  /** The same with what its file does not say itself. */
  public Subject saying(ForeignModel other) {
    return new Subject(path, name, provider, other);
  }

  /**
   * Every ONNX file on every provider, every run once.
   *
   * @param models run directories or ONNX files, each once
   * @param providers at least one
   * @throws IllegalArgumentException if two paths lead to the same model
   * @throws org.food4j.models.inference.UnavailableProviderException if the ONNX Runtime on the
   *     class path lacks a provider
   */
  public static List<Subject> of(List<Path> models, Set<ExecutionProvider> providers)
      throws IOException {
    providers.forEach(ExecutionProvider::requireAvailable);
    List<Subject> subjects = new ArrayList<>();
    for (Map.Entry<Path, String> model : ModelNames.of(models).entrySet()) {
      Path path = model.getKey();
      for (ExecutionProvider provider :
          Files.isDirectory(path) ? Set.of(ExecutionProvider.CPU) : providers) {
        subjects.add(new Subject(path, model.getValue(), provider));
      }
    }
    return subjects;
  }
}
