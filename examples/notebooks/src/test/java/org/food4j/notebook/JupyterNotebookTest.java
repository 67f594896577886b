package org.food4j.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Jupyter notebooks of this folder against the {@code .jsh} files that they are made from. */
class JupyterNotebookTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of the pictures that notebooks hold; browsers show a part of those that are cut off. */
  private static final Map<String, String> END_OF_FILE =
      Map.of("image/png", "49454e44ae426082", "image/jpeg", "ffd9");

  static List<Path> scripts() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(""))) {
      List<Path> scripts =
          files.filter(file -> file.toString().matches("\\d\\d-.*\\.jsh")).sorted().toList();
      assertThat(scripts).hasSizeGreaterThanOrEqualTo(6);
      return scripts;
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void notebook_hasTheScriptsCells(Path script) throws IOException {
    JsonNode made = MAPPER.readTree(JupyterNotebook.of(Cell.read(Files.readString(script))));
    assertThat(sources(stored(script)))
        .as("written by examples/notebooks/to-ipynb, which has to run again")
        .isEqualTo(sources(made));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void notebook_wasRunToItsEndAndShowsFigures(Path script) throws IOException {
    int figures = 0;
    int run = 0;
    for (JsonNode cell : stored(script).get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("execution_count").asInt()).isEqualTo(++run);
        for (JsonNode output : cell.get("outputs")) {
          assertThat(output.get("output_type").asText()).isNotEqualTo("error");
          JsonNode data = output.path("data");
          for (Map.Entry<String, String> type : END_OF_FILE.entrySet()) {
            if (data.has(type.getKey())) {
              byte[] bytes = Base64.getMimeDecoder().decode(data.get(type.getKey()).asText());
              String end = HexFormat.of().formatHex(bytes, bytes.length - 8, bytes.length);
              assertThat(end).as("cell %s", cell.get("id")).endsWith(type.getValue());
              figures++;
            }
          }
        }
      }
    }
    assertThat(figures).isPositive();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void notebook_namesNoPlaceOfTheMachineThatRanIt(Path script) throws IOException {
    String text = Files.readString(notebook(script));
    String root = Path.of("").toAbsolutePath().getParent().getParent().toString();
    assertThat(text).doesNotContain(root, "/tmp/", "/home/", "/root/", "file:/");
  }

  private static Path notebook(Path script) {
    return Path.of(script.toString().replaceFirst("jsh$", "ipynb"));
  }

  private static JsonNode stored(Path script) throws IOException {
    return MAPPER.readTree(Files.readString(notebook(script)));
  }

  /** Kind and source of each cell; a source may be one text or a list of lines. */
  private static List<String> sources(JsonNode notebook) {
    List<String> sources = new ArrayList<>();
    for (JsonNode cell : notebook.get("cells")) {
      JsonNode source = cell.get("source");
      StringBuilder text = new StringBuilder(cell.get("cell_type").asText()).append('\n');
      if (source.isTextual()) {
        text.append(source.asText());
      } else {
        source.forEach(line -> text.append(line.asText()));
      }
      sources.add(text.toString());
    }
    return sources;
  }
}
