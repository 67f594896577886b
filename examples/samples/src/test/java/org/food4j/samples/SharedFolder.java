package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.food4j.data.file.FileTree;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One folder for all tests of samples, as a reader has who runs them one after the other: the data
 * set is prepared and the network trained once, whichever test comes first.
 */
final class SharedFolder implements ParameterResolver {
  private static final Namespace HERE = Namespace.create(SharedFolder.class);

  private record Temporary(SampleFolder folder) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      FileTree.delete(folder.path());
    }
  }

  private static Temporary create() {
    try {
      return new Temporary(
          new SampleFolder(Files.createTempDirectory("food4j-samples-"), List.of()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == SampleFolder.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .getOrComputeIfAbsent("folder", key -> create(), Temporary.class)
        .folder();
  }
}
