package org.food4j.train.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.food4j.data.page.Heatmap;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;
import org.food4j.train.evaluate.Confusion;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PerClass;

/** Which classes are taken for which: the confusion matrix and its most frequent mistakes. */
public final class ConfusionSection {
  private static final int MOST_CLASSES = 60;
  private static final int MOST_PAIRS = 12;

  private ConfusionSection() {}

  /**
   * The section with the id {@code confusion}. Of more than 60 classes, the matrix shows those that
   * have part in the most mistakes, and a sentence says so.
   */
  public static Section of(Evaluation evaluation) {
    List<Markup> content = new ArrayList<>();
    List<Integer> shown = shown(evaluation);
    if (shown.size() < evaluation.labels().size()) {
      content.add(
          Markup.paragraph(
              String.format(
                  Locale.ROOT,
                  "The matrix shows the %d of %d classes with the most mistakes.",
                  shown.size(),
                  evaluation.labels().size())));
    }
    content.add(matrix(evaluation, shown));
    List<Confusion> pairs = Confusion.of(evaluation);
    if (pairs.isEmpty()) {
      content.add(Markup.paragraph("Not one photo was taken for another class."));
    } else {
      content.add(Markup.element("h3").add("Most frequent mistakes"));
      content.add(table(pairs));
    }
    return new Section("confusion", "Confusion matrix", content);
  }

  private static List<Integer> shown(Evaluation evaluation) {
    List<PerClass> classes = PerClass.of(evaluation);
    return IntStream.range(0, classes.size())
        .boxed()
        .sorted(Comparator.comparing(i -> -mistakes(classes.get(i))))
        .limit(MOST_CLASSES)
        .sorted()
        .toList();
  }

  private static int mistakes(PerClass each) {
    return each.photos() + each.answered() - 2 * each.correct();
  }

  private static Markup matrix(Evaluation evaluation, List<Integer> shown) {
    int[][] counts = evaluation.confusion();
    int[][] part =
        shown.stream()
            .map(row -> shown.stream().mapToInt(column -> counts[row][column]).toArray())
            .toArray(int[][]::new);
    List<String> names = shown.stream().map(i -> evaluation.labels().get(i).displayName()).toList();
    return new Heatmap("Confusion matrix", names, part).markup();
  }

  private static Markup table(List<Confusion> pairs) {
    Table table =
        new Table("Most frequent mistakes")
            .text("Photo shows")
            .text("Taken for")
            .number("Photos")
            .number("Share")
            .number("Other way round");
    pairs.stream()
        .limit(MOST_PAIRS)
        .forEach(
            pair ->
                table.row(
                    pair.actual().displayName(),
                    pair.predicted().displayName(),
                    pair.photos() + " of " + pair.of(),
                    Unit.PERCENT.text(pair.share()),
                    Unit.COUNT.text(pair.reverse())));
    return table.markup();
  }
}
