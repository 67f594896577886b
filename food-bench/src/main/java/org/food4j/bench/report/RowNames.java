package org.food4j.bench.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.food4j.bench.result.LatencyRow;

/**
 * The shortest names that tell the measured things apart: the form alone where that suffices, with
 * the model, and at last with the runtime.
 */
final class RowNames {
  /**
   * What was measured, at whatever batch size.
   *
   * @param model the file's or run's name
   * @param runtime what computed
   * @param form of the model
   */
  record Subject(String model, String runtime, String form) {
    static Subject of(LatencyRow row) {
      return new Subject(row.model(), row.runtime(), row.form());
    }
  }

  private static final List<Function<Subject, String>> FORMS =
      List.of(
          s -> form(s.form()),
          s -> s.model() + ", " + form(s.form()),
          s -> s.model() + ", " + form(s.form()) + ", " + s.runtime());

  private RowNames() {}

  /** Each measured thing's name, in the order of first measurement. */
  static Map<Subject, String> of(List<LatencyRow> rows) {
    Set<Subject> subjects = new LinkedHashSet<>();
    rows.forEach(row -> subjects.add(Subject.of(row)));
    Function<Subject, String> shortest =
        FORMS.stream()
            .filter(f -> subjects.stream().map(f).distinct().count() == subjects.size())
            .findFirst()
            .orElse(FORMS.get(FORMS.size() - 1));
    Map<Subject, String> names = new LinkedHashMap<>();
    subjects.forEach(subject -> names.put(subject, shortest.apply(subject)));
    return names;
  }

  /** The form as people write it. */
  static String form(String form) {
    return form.replaceFirst("^dl4j\\b", "DL4J").replaceFirst("^onnx\\b", "ONNX");
  }
}
