package org.food4j.bench.report;

import java.util.List;
import org.food4j.bench.result.BatchTimes;
import org.food4j.bench.result.Benchmark;
import org.food4j.bench.result.MeasuredModel;
import org.food4j.data.page.Unit;

/** What a model takes on a disk, in memory and until it answers. */
final class FootprintPart {
  private FootprintPart() {}

  static Part of(Benchmark benchmark, ReportNames names) {
    TextTable table =
        new TextTable(
            "Size, loading and memory",
            List.of("Model"),
            List.of("File", "Load", "Memory, smallest batch", "Memory, largest batch"),
            List.of("SHA-256"));
    for (MeasuredModel model : benchmark.models()) {
      List<BatchTimes> batches = model.batches();
      table.row(
          names.of(model),
          Unit.BYTES.text(model.bytes()),
          Unit.MILLISECONDS.text(model.load().medianMs()),
          memory(batches.get(0)),
          memory(batches.get(batches.size() - 1)),
          model.sha256().substring(0, Math.min(12, model.sha256().length())));
    }
    return new Part("footprint", "Size, loading and memory")
        .table(table)
        .note(
            "Load: opening the model, the runtime's start included where each round is a process of"
                + " its own. Memory: the largest growth of the process's resident memory since"
                + " before that, Java's heap included, smaller batches before; medians over rounds."
                + " A GPU's own memory is not in it. A dash: not measured.");
  }

  private static String memory(BatchTimes times) {
    return times.medianMemoryBytes().isPresent()
        ? Unit.BYTES.text(times.medianMemoryBytes().getAsLong())
        : "–";
  }
}
