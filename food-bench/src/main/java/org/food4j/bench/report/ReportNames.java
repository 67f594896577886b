package org.food4j.bench.report;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;

/**
 * The shortest names that tell a benchmark's models apart: the form alone where that suffices, the
 * file's or run's name where all have one form, both, and then with the runtime and the source.
 */
final class ReportNames {
  private static final Function<MeasuredModel, String> FORM = ReportNames::form;
  private static final Function<MeasuredModel, String> NAME = MeasuredModel::name;

  private static final List<Function<MeasuredModel, String>> FORMS =
      List.of(
          FORM,
          NAME,
          m -> m.name() + ", " + form(m),
          m -> m.name() + ", " + form(m) + ", " + m.runtime(),
          m -> m.name() + ", " + form(m) + ", " + m.source(),
          m -> m.name() + ", " + form(m) + ", " + m.runtime() + ", " + m.source());

  private final Map<MeasuredModel, String> names = new IdentityHashMap<>();

  ReportNames(Benchmark benchmark) {
    List<MeasuredModel> models = benchmark.models();
    long forms = models.stream().map(MeasuredModel::form).distinct().count();
    Function<MeasuredModel, String> shortest =
        FORMS.stream()
            .filter(name -> forms == 1 ? name != FORM : name != NAME)
            .filter(name -> models.stream().map(name).distinct().count() == models.size())
            .findFirst()
            .orElse(FORMS.get(FORMS.size() - 1));
    models.forEach(model -> names.put(model, shortest.apply(model)));
  }

  /**
   * The name of one of the benchmark's models.
   *
   * @throws IllegalArgumentException if it is another's
   */
  String of(MeasuredModel model) {
    String name = names.get(model);
    if (name == null) {
      throw new IllegalArgumentException(model.name() + " is not a model of this benchmark");
    }
    return name;
  }

  /** The form as people write it. */
  static String form(MeasuredModel model) {
    return model.form().replaceFirst("^dl4j\\b", "DL4J").replaceFirst("^onnx\\b", "ONNX");
  }
}
