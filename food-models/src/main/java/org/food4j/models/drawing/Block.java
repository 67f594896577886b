package org.food4j.models.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.models.analysis.StageCosts;
import org.food4j.models.analysis.VertexCosts;

/**
 * Vertices of a stage that are drawn together, and how often they follow each other.
 *
 * @param name common to the vertices, {@code "layer3.1"}; empty for vertices of no numbered block
 * @param repeats the blocks that this one stands for, itself first; each has as many vertices
 */
record Block(String name, List<List<VertexCosts>> repeats) {
  /** A number behind the stage's name, and more behind it. */
  private static final Pattern NUMBERED = Pattern.compile("\\.(\\d+)\\..+");

  Block {
    repeats = List.copyOf(repeats);
  }

  /** The vertices that are drawn. */
  List<VertexCosts> vertices() {
    return repeats.get(0);
  }

  /** What stands beside the block: {@code "layer3.1 to 5"}, or nothing. */
  String label() {
    if (repeats.size() == 1) {
      return name;
    }
    return "%s to %d".formatted(name, number(name) + repeats.size() - 1);
  }

  private static int number(String name) {
    return Integer.parseInt(name.substring(name.lastIndexOf('.') + 1));
  }

  /** A stage's blocks in order, equal neighbours as one. */
  static List<Block> of(StageCosts stage) {
    List<Block> blocks = new ArrayList<>();
    String open = "";
    List<VertexCosts> vertices = new ArrayList<>();
    for (VertexCosts vertex : stage.vertices()) {
      String name = blockOf(stage.name(), vertex.name());
      if (!name.equals(open)) {
        close(open, vertices, blocks);
        vertices = new ArrayList<>();
        open = name;
      }
      vertices.add(vertex);
    }
    close(open, vertices, blocks);
    return blocks;
  }

  private static String blockOf(String stage, String vertex) {
    if (!vertex.startsWith(stage)) {
      return "";
    }
    Matcher matcher = NUMBERED.matcher(vertex.substring(stage.length()));
    return matcher.matches() ? stage + "." + matcher.group(1) : "";
  }

  private static void close(String name, List<VertexCosts> vertices, List<Block> blocks) {
    if (vertices.isEmpty()) {
      return;
    }
    Block block = new Block(name, List.of(List.copyOf(vertices)));
    Block last = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
    if (last != null && !name.isEmpty() && last.looksLike(block) && last.isFollowedBy(name)) {
      List<List<VertexCosts>> repeats = new ArrayList<>(last.repeats());
      repeats.add(block.vertices());
      blocks.set(blocks.size() - 1, new Block(last.name(), repeats));
    } else {
      blocks.add(block);
    }
  }

  /** Whether a block is the next by its number: between others, some may be left out. */
  private boolean isFollowedBy(String next) {
    return number(next) == number(name) + repeats.size();
  }

  private boolean looksLike(Block other) {
    return signature().equals(other.signature());
  }

  /** All that the picture tells of the block but its number. */
  private List<String> signature() {
    return vertices().stream()
        .map(
            v ->
                "%s %s %s %s %d"
                    .formatted(
                        v.name().startsWith(name) ? v.name().substring(name.length()) : v.name(),
                        v.kind(),
                        v.description(),
                        v.shape(),
                        v.parameters()))
        .toList();
  }
}
