package org.food4j.data.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;
import org.food4j.data.scan.Rejection;

/** What was left out: how much for which reason, and the files that are no usable photos. */
final class RejectedSection {
  /** The most files and reasons listed. */
  private static final int LISTED = 300;

  private RejectedSection() {}

  static Section of(List<Rejection> rejected) {
    Map<String, Integer> reasons = new TreeMap<>();
    rejected.forEach(r -> reasons.merge(reason(r), 1, Integer::sum));
    Table counts = new Table("Rejected photos by reason").text("Reason").number("Photos");
    reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(LISTED)
        .forEach(e -> counts.row(e.getKey(), Unit.COUNT.text(e.getValue())));
    List<Markup> content = new ArrayList<>();
    content.add(counts.markup());
    List<Rejection> unusable =
        rejected.stream().filter(r -> r.kind() == Rejection.Kind.UNUSABLE).toList();
    if (!unusable.isEmpty()) {
      Table list = new Table("Unusable files").text("File").text("Reason");
      unusable.stream().limit(LISTED).forEach(r -> list.row(r.path(), r.reason()));
      content.add(
          Markup.element("h3")
              .add(
                  unusable.size() > LISTED
                      ? "The first %d of %s unusable files"
                          .formatted(LISTED, Unit.COUNT.text(unusable.size()))
                      : "Unusable files"));
      content.add(list.markup());
    }
    content.add(
        Markup.paragraph("Every file that was left out stands in the data set's rejected.csv.")
            .with("class", "note"));
    return new Section("rejected", "Left out", content);
  }

  /** The reason without the other photo's name, which would make each its own. */
  private static String reason(Rejection rejection) {
    return switch (rejection.kind()) {
      case UNUSABLE -> rejection.reason();
      case DUPLICATE -> "the same file as another one of the class";
      case CONTRADICTORY -> "contradictory labels: another class holds the same photo";
      case UNDER_SAMPLED -> "not needed: the class has more photos than asked for";
    };
  }
}
