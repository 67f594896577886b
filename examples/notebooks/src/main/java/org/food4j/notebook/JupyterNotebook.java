package org.food4j.notebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Cells as an {@code .ipynb} file that nobody has run yet. */
final class JupyterNotebook {
  /** The name under which the script {@code jupyter} installs the kernel. */
  static final String KERNEL = "food4j";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JupyterNotebook() {}

  /** The file's text: equal cells give equal text. */
  static String of(List<Cell> cells) {
    ObjectNode notebook = MAPPER.createObjectNode();
    ArrayNode array = notebook.putArray("cells");
    for (int i = 0; i < cells.size(); i++) {
      add(array.addObject(), cells.get(i), i);
    }
    ObjectNode metadata = notebook.putObject("metadata");
    metadata
        .putObject("kernelspec")
        .put("display_name", "Food4J (Java)")
        .put("language", "java")
        .put("name", KERNEL);
    metadata.putObject("language_info").put("file_extension", ".jshell").put("name", "java");
    notebook.put("nbformat", 4).put("nbformat_minor", 5);
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(notebook) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts and numbers is always JSON", e);
    }
  }

  private static void add(ObjectNode node, Cell cell, int index) {
    node.put("cell_type", cell.prose() ? "markdown" : "code");
    if (!cell.prose()) {
      node.putNull("execution_count");
    }
    node.put("id", "cell-%02d".formatted(index + 1));
    node.putObject("metadata");
    if (!cell.prose()) {
      node.putArray("outputs");
    }
    ArrayNode source = node.putArray("source");
    List<String> lines = cell.source().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      source.add(i < lines.size() - 1 ? lines.get(i) + "\n" : lines.get(i));
    }
  }
}
