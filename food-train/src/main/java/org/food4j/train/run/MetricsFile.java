package org.food4j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.train.loop.EpochMetrics;

/** The form of {@code metrics.jsonl}. */
final class MetricsFile {
  private MetricsFile() {}

  /**
   * The epochs of some lines.
   *
   * @param file for messages
   * @throws RunException if a line is no epoch's
   */
  static List<EpochMetrics> parse(Path file, List<String> lines) throws RunException {
    List<EpochMetrics> epochs = new ArrayList<>();
    for (String line : lines) {
      try {
        epochs.add(RunJson.MAPPER.readValue(line, EpochMetrics.class));
      } catch (JsonProcessingException e) {
        throw new RunException(
            file, String.format(Locale.ROOT, "line %d is broken", epochs.size() + 1), e);
      }
    }
    return epochs;
  }
}
