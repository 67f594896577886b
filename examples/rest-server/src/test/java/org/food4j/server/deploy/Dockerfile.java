package org.food4j.server.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Dockerfile taken apart, so that a test can do what it says where there is no Docker engine.
 *
 * @param stages in order; the last one is the image
 */
record Dockerfile(List<Stage> stages) {
  private static final Pattern LIST_ITEM = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  /**
   * What follows a FROM.
   *
   * @param base image that it starts from
   * @param name by which later stages call it; empty if it has none
   */
  record Stage(String base, String name, List<Instruction> instructions) {
    /** The last instruction of a kind, which counts. */
    String last(String kind) {
      return instructions.stream()
          .filter(one -> one.kind.equals(kind))
          .reduce((before, after) -> after)
          .map(Instruction::arguments)
          .orElseThrow(() -> new AssertionError("The Dockerfile has no " + kind));
    }

    /** All environment variables. */
    Map<String, String> environment() {
      Map<String, String> variables = new TreeMap<>();
      for (Instruction one : instructions) {
        if (one.kind.equals("ENV")) {
          for (String pair : one.arguments.strip().split("\\s+")) {
            String[] parts = pair.split("=", 2);
            variables.put(parts[0], parts[1]);
          }
        }
      }
      return variables;
    }
  }

  /** One line, those that it goes on in included. */
  record Instruction(String kind, String arguments) {}

  static Dockerfile read(Path file) throws IOException {
    List<Stage> stages = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String part : Files.readAllLines(file)) {
      if (part.isBlank() || part.startsWith("#")) {
        continue;
      }
      if (part.endsWith("\\")) {
        line.append(part, 0, part.length() - 1).append(' ');
        continue;
      }
      String[] words = line.append(part).toString().split("\\s+", 2);
      line.setLength(0);
      if (words[0].equals("FROM")) {
        String[] from = words[1].split("\\s+");
        stages.add(new Stage(from[0], from.length == 3 ? from[2] : "", new ArrayList<>()));
      } else {
        stages.get(stages.size() - 1).instructions.add(new Instruction(words[0], words[1]));
      }
    }
    return new Dockerfile(List.copyOf(stages));
  }

  /** The image's own stage. */
  Stage image() {
    return stages.get(stages.size() - 1);
  }

  /** A command in JSON's form: {@code ["a", "b"]}. */
  static List<String> command(String json) {
    List<String> words = new ArrayList<>();
    Matcher item = LIST_ITEM.matcher(json);
    while (item.find()) {
      words.add(item.group(1));
    }
    return words;
  }
}
