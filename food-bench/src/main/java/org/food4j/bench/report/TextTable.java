package org.food4j.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Table;

/** A table of plain texts that is written as HTML and as Markdown. Not thread-safe. */
final class TextTable {
  private final String caption;
  private final List<String> words;
  private final List<String> numbers;
  private final List<String> lastWords;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param words headings of the first columns, flush left
   * @param numbers headings of the next columns, flush right
   * @param lastWords headings of the last columns, flush left
   */
  TextTable(String caption, List<String> words, List<String> numbers, List<String> lastWords) {
    this.caption = caption;
    this.words = words;
    this.numbers = numbers;
    this.lastWords = lastWords;
  }

  void row(String... cells) {
    rows.add(List.copyOf(Arrays.asList(cells)));
  }

  Markup markup() {
    Table table = new Table(caption);
    words.forEach(table::text);
    numbers.forEach(table::number);
    lastWords.forEach(table::text);
    rows.forEach(row -> table.row(row.toArray(String[]::new)));
    return table.markup();
  }

  String markdown() {
    List<String> headings = new ArrayList<>(words);
    headings.addAll(numbers);
    headings.addAll(lastWords);
    List<String> rules = new ArrayList<>();
    words.forEach(word -> rules.add("---"));
    numbers.forEach(number -> rules.add("---:"));
    lastWords.forEach(word -> rules.add("---"));
    StringBuilder text = new StringBuilder(line(headings) + line(rules));
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.replace("|", "\\|").replace('\n', ' '))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
