package org.food4j.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A block of a notebook.
 *
 * @param prose whether it is Markdown, otherwise Java
 * @param line of the file that it begins at, from 1
 * @param source without comment signs where it is prose
 */
record Cell(boolean prose, int line, String source) {
  private static final String COMMENT = "//";

  /** Reads a {@code .jsh} file: blocks between blank lines, prose next to prose being one. */
  static List<Cell> read(String script) {
    List<Cell> cells = new ArrayList<>();
    List<String> block = new ArrayList<>();
    List<String> lines = new ArrayList<>(script.lines().toList());
    lines.add("");
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        block.add(lines.get(i).stripTrailing());
      } else if (!block.isEmpty()) {
        add(cells, of(block, i + 1 - block.size()));
        block.clear();
      }
    }
    return List.copyOf(cells);
  }

  private static Cell of(List<String> block, int line) {
    if (block.stream().allMatch(each -> each.startsWith(COMMENT))) {
      String words =
          block.stream()
              .map(each -> each.substring(COMMENT.length()).replaceFirst("^ ", ""))
              .collect(Collectors.joining("\n"));
      return new Cell(true, line, words);
    }
    return new Cell(false, line, String.join("\n", block));
  }

  private static void add(List<Cell> cells, Cell next) {
    int last = cells.size() - 1;
    if (last >= 0 && next.prose && cells.get(last).prose) {
      Cell before = cells.remove(last);
      cells.add(new Cell(true, before.line, before.source + "\n\n" + next.source));
    } else {
      cells.add(next);
    }
  }
}
