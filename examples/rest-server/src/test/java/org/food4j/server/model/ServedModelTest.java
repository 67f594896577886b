package org.food4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServedModelTest {
  private static final ModelSettings EIGHT = new ModelSettings(1, 1, 8, 64);

  @TempDir Path folder;

  private static ServedModel open(Path file) throws IOException {
    return ServedModel.open(
        "food",
        file,
        EIGHT,
        new ImageIoPhotoDecoder(PhotoLimits.DEFAULT),
        new Semaphore(1, true),
        Runnable::run,
        (rows, wait, nanos) -> {});
  }

  private static Row filled(float value) {
    float[] photo = new float[3 * 16 * 16];
    Arrays.fill(photo, value);
    return Row.of(photo);
  }

  /** The first one's logits of rows that wait together. */
  private static float[] first(ServedModel model, Row... rows) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    return model.logits(List.of(rows), deadline).get(0).join();
  }

  @Test
  void logits_ofADynamicallyQuantizedModel_areTheSameBesideAnExtremeRow() throws IOException {
    Path file = DrawnModel.small().writeDynamic(folder.resolve("dynamic.onnx"));
    try (LogCapture log = LogCapture.started()) {
      ServedModel model = open(file);
      try {
        float[] alone = first(model, filled(0.7f));
        assertThat(alone[0]).isGreaterThan(3);
        for (float extreme : new float[] {1e30f, -1e30f}) {
          assertThat(first(model, filled(0.7f), filled(extreme))).isEqualTo(alone);
          assertThat(first(model, filled(0.7f))).isEqualTo(alone);
        }
        assertThat(model.window()).isEqualTo(2);
      } finally {
        model.release();
      }
      assertThat(log.warnings())
          .anyMatch(line -> line.contains("Model food") && line.contains("one at a time"));
    }
  }

  @Test
  void open_anyOtherModel_computesBatchesAndWarnsOfNothing() throws IOException {
    Path file = DrawnModel.small().write(folder.resolve("food.onnx"));
    try (LogCapture log = LogCapture.started()) {
      ServedModel model = open(file);
      assertThat(model.window()).isEqualTo(16);
      model.release();
      assertThat(log.warnings()).noneMatch(line -> line.contains("Model food"));
    }
  }
}
