package org.food4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.server.batch.OverloadedException;
import org.food4j.server.testing.DrawnModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ModelRegistryTest {
  private static final DrawnModel SMALL = DrawnModel.small();

  @TempDir Path folder;

  private final List<String> reloads = new CopyOnWriteArrayList<>();
  private Path food;
  private Path plants;

  @BeforeEach
  void files() throws IOException {
    food = SMALL.write(folder.resolve("food.onnx"));
    plants = SMALL.withStrength(2).write(folder.resolve("plants.onnx"));
  }

  private ModelRegistry registry() throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    files.put("food", food);
    files.put("plants", plants);
    return new ModelRegistry(
        files,
        new ModelSettings(1, 1, 4, 64),
        new ImageIoPhotoDecoder(PhotoLimits.ofPixels(1_000_000)),
        Runnable::run,
        new ModelObserver() {
          @Override
          public void computed(String model, int rows, long waitNanos, long nanos) {}

          @Override
          public void reloaded(String model, boolean opened) {
            reloads.add(model + " " + opened);
          }
        });
  }

  private static ServedModel hold(ModelRegistry registry, String name) {
    return registry.hold(Optional.of(name)).orElseThrow();
  }

  private static String version(ModelRegistry registry, String name) {
    ServedModel model = hold(registry, name);
    try {
      return model.version();
    } finally {
      model.release();
    }
  }

  /** The first logit of a photo that is 1 everywhere: strength + bias. */
  private static float compute(ServedModel model) {
    float[] photo = new float[3 * 16 * 16];
    Arrays.fill(photo, 1);
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    return model.logits(List.of(Row.of(photo)), deadline).get(0).join()[0];
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @Test
  void hold_byNameOrDefault_isTheModelOfThatFile() throws IOException {
    try (ModelRegistry registry = registry()) {
      assertThat(registry.names()).containsExactly("food", "plants");
      ServedModel standard = registry.hold(Optional.empty()).orElseThrow();
      assertThat(standard.name()).isEqualTo("food");
      assertThat(compute(standard)).isEqualTo(5.25f);
      ServedModel other = hold(registry, "plants");
      assertThat(compute(other)).isEqualTo(2.25f);
      assertThat(registry.hold(Optional.of("cars"))).isEmpty();
      standard.release();
      other.release();
    }
  }

  @Test
  void open_oneFileIsBroken_failsAndLeavesNothingOpen() throws IOException {
    Files.write(plants, new byte[100]);
    assertThatThrownBy(this::registry).isInstanceOf(UnreadableModelException.class);
  }

  @Test
  void reload_fileMovedOver_isServedAndTheOldOneClosedOnceReleased() throws Exception {
    try (ModelRegistry registry = registry()) {
      ServedModel before = hold(registry, "food");
      SMALL.withStrength(-3).moveTo(food);
      registry.reload();

      ServedModel after = hold(registry, "food");
      assertThat(after.version()).isNotEqualTo(before.version());
      assertThat(compute(after)).isEqualTo(-2.75f);
      assertThat(compute(before)).as("still held").isEqualTo(5.25f);
      before.release();
      assertThat(before.hold()).isFalse();
      before.awaitClosed(Duration.ofSeconds(10));
      assertThatThrownBy(() -> compute(before)).isInstanceOf(IllegalStateException.class);
      after.release();
      assertThat(reloads).containsExactly("food true");
    }
  }

  @Test
  void reload_fileOverwritten_isServed() throws IOException {
    try (ModelRegistry registry = registry()) {
      String before = version(registry, "food");
      Files.write(food, Files.readAllBytes(plants));
      registry.reload();
      assertThat(version(registry, "food"))
          .isNotEqualTo(before)
          .isEqualTo(version(registry, "plants"));
    }
  }

  @Test
  void reload_fileHalfWritten_staysAsItIsUntilItIsWhole() throws IOException {
    byte[] whole = Files.readAllBytes(plants);
    try (ModelRegistry registry = registry()) {
      String before = version(registry, "food");
      Files.write(food, Arrays.copyOf(whole, whole.length / 2));
      registry.reload();
      registry.reload();
      assertThat(version(registry, "food")).isEqualTo(before);
      assertThat(reloads).as("tried once").containsExactly("food false");
      Files.write(food, whole);
      registry.reload();
      assertThat(version(registry, "food")).isEqualTo(version(registry, "plants"));
    }
  }

  @Test
  void reload_brokenDeletedOrTheSame_changesNothing() throws IOException {
    byte[] same = Files.readAllBytes(food);
    try (ModelRegistry registry = registry()) {
      String before = version(registry, "food");
      Files.writeString(food, "not a network");
      registry.reload();
      Files.delete(food);
      registry.reload();
      registry.reload();
      assertThat(reloads).as("each fault said once").containsExactly("food false", "food false");
      Files.write(food, same);
      registry.reload();
      assertThat(version(registry, "food")).isEqualTo(before);
      ServedModel model = hold(registry, "food");
      assertThat(compute(model)).isEqualTo(5.25f);
      model.release();
      assertThat(reloads).doesNotContain("food true");
    }
  }

  @Test
  void watch_fileReplacedAgainAndAgain_noHolderEverLosesItsModel() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger computed = new AtomicInteger();
    List<Throwable> lost = new CopyOnWriteArrayList<>();
    try (ModelRegistry registry = registry()) {
      registry.watch(Duration.ofMillis(5));
      List<Thread> threads = new java.util.ArrayList<>();
      for (int t = 0; t < 3; t++) {
        Thread thread =
            new Thread(
                () -> {
                  while (!over.get()) {
                    ServedModel model = hold(registry, "food");
                    try {
                      assertThat(compute(model)).isIn(5.25f, 2.25f, 1.25f);
                      computed.incrementAndGet();
                    } catch (Throwable e) {
                      lost.add(e);
                    } finally {
                      model.release();
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (int i = 0; i < 8; i++) {
        int so = reloads.size();
        SMALL.withStrength(1 + i % 2).moveTo(food);
        await(() -> reloads.size() > so);
      }
      over.set(true);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(lost).isEmpty();
    assertThat(computed.get()).isGreaterThan(10);
  }

  @Test
  void close_whileHeld_waitsForWhoeverComputesAndRefusesOthers() throws Exception {
    ModelRegistry registry = registry();
    ServedModel held = hold(registry, "food");
    Thread closing = new Thread(registry::close);
    closing.start();
    await(
        () -> {
          try {
            hold(registry, "plants").release();
            return false;
          } catch (OverloadedException e) {
            return true; // and does not spin, looking for a newer one
          }
        });
    assertThat(compute(held)).isEqualTo(5.25f);
    assertThat(closing.isAlive()).isTrue();
    held.release();
    closing.join(10_000);
    assertThat(closing.isAlive()).isFalse();
    registry.close();
  }

  @Test
  void close_whileAFileIsReplaced_leavesNoModelOpenAndNoneClosedTwice() throws Exception {
    for (int i = 0; i < 5; i++) {
      ModelRegistry registry = registry();
      ServedModel held = hold(registry, "food");
      SMALL.withStrength(7 + i).moveTo(food);
      Thread reloading = new Thread(registry::reload);
      reloading.start();
      Thread closing = new Thread(registry::close);
      closing.start();
      assertThat(compute(held)).as("held all the time").isGreaterThan(5);
      reloading.join();
      assertThat(compute(held)).isGreaterThan(5);
      held.release();
      closing.join();
      registry.reload();
      for (ServedModel model : registry.models()) {
        assertThat(model.hold()).isFalse();
        model.awaitClosed(Duration.ofSeconds(10));
      }
    }
  }
}
