package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code food train --like} on one thread, where sums have one order. */
class RepetitionTest {
  @TempDir private Path folder;

  @Test
  void like_onOneThread_hasTheSameWeightsToTheLastBit() throws Exception {
    new DrawnDishes(5).write(folder.resolve("photos"), 5);
    String prepare = "data prepare --photos %s --out %s --train 3 --validation 1 --test 1";
    Screen screen = Screen.piped();
    assertThat(
            Food.run(
                screen.terminal(), prepare.formatted(path("photos"), path("dataset")).split(" ")))
        .as(screen.err())
        .isZero();
    food(
        "train --data %s --out %s --set epochs=2 --set input_size=32 --set batch_size=8 --set warm_up_epochs=0 --set dropout=0.3 --set stochastic_depth=0.2 --set mixup=0.2 --set ema_decay=0.9"
            .formatted(path("dataset"), path("run")));

    food("train --like %s --out %s --json".formatted(path("run"), path("again")));

    JsonNode document = new JsonMapper().readTree(folder.resolve("out").toFile());
    assertThat(document.get("equal").asBoolean()).as(document.toPrettyString()).isTrue();
    assertThat(document.get("comparison").get("answers").asInt()).isZero();
    for (String file : List.of("best.zip/coefficients.bin", "last.zip/updaterState.bin")) {
      assertThat(entry("again", file)).as(file).isEqualTo(entry("run", file));
    }
  }

  private void food(String line) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-Djava.awt.headless=true", "org.food4j.cli.Food"));
    command.addAll(List.of(line.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    Path log = folder.resolve("log");
    int code =
        builder
            .redirectError(log.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .start()
            .waitFor();
    assertThat(code).as(Files.readString(log)).isZero();
  }

  /** Of a checkpoint, whose file as a whole holds the time of writing. */
  private byte[] entry(String run, String name) throws IOException {
    String[] parts = name.split("/", 2);
    Path file = folder.resolve(run).resolve("checkpoints").resolve(parts[0]);
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(parts[1]))) {
      return in.readAllBytes();
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
