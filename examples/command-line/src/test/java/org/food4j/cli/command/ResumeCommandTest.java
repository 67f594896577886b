package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code food train --resume}, after processes that were killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeCommandTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int KILLS = 20;

  private Path folder;
  private Screen screen;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 8);
    assertThat(
            run(
                "data",
                "prepare",
                "--photos",
                path("photos"),
                "--out",
                path("dataset"),
                "--train",
                "6",
                "--validation",
                "1",
                "--test",
                "1"))
        .as(() -> screen.err())
        .isZero();
  }

  private List<String> training(String run, int epochs) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--data", path("dataset"), "--out", path(run)));
    for (String setting :
        List.of(
            "epochs=" + epochs,
            "input_size=32",
            "batch_size=8",
            "warm_up_epochs=0",
            "dropout=0.3",
            "stochastic_depth=0.2")) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  @Test
  void resume_ofARunWithoutItsEnd_goesOnAndThenHasNothingToDo() throws IOException {
    assertThat(run(training("run", 1).toArray(String[]::new))).as(screen.err()).isZero();
    List<JsonNode> metrics = metrics("run");
    Files.delete(folder.resolve("run/report.html")); // as if killed while evaluating
    Path provenance = folder.resolve("run/provenance.json");
    ObjectNode facts = (ObjectNode) MAPPER.readTree(provenance.toFile());
    assertThat(facts.get("devices").asText()).isEqualTo("1");
    MAPPER.writeValue(provenance.toFile(), facts.put("devices", "2"));
    assertThat(run("train", "--resume", "--out", path("run"))).as(screen.err()).isZero();
    assertThat(screen.err())
        .contains("Resuming after epoch 1 of 1")
        .contains("Note: devices 1 instead of 2 in");
    assertThat(metrics("run")).isEqualTo(metrics);
    assertThat(folder.resolve("run/report.html")).isNotEmptyFile();

    assertThat(run("train", "--resume", "--out", path("run"), "--json")).isZero();
    assertThat(MAPPER.readTree(screen.out()).get("finished").asBoolean()).isTrue();
    assertThat(run("train", "--resume", "--out", path("run"))).isZero();
    assertThat(screen.out()).contains("is finished: nothing to do");
  }

  @Test
  void resume_ofWhatIsNotToBeResumed_saysWhy() throws IOException {
    assertThat(run("train", "--resume", "--out", path("photos"))).isEqualTo(1);
    assertThat(screen.err()).contains("not a run directory");
    assertThat(run("train", "--out", path("new"))).isEqualTo(2);
    assertThat(screen.err()).contains("--data=DATASET");

    Path run = folder.resolve("early");
    assertThat(run(training("early", 1).toArray(String[]::new))).as(screen.err()).isZero();
    Files.delete(run.resolve("report.html"));
    assertThat(run("train", "--resume", "--out", run.toString(), "--set", "epochs=9")).isEqualTo(2);
    assertThat(screen.err()).contains("the run's own recipe");
    Path provenance = run.resolve("provenance.json");
    ObjectNode facts = (ObjectNode) MAPPER.readTree(provenance.toFile());
    MAPPER.writeValue(provenance.toFile(), facts.put("dataset_fingerprint", "another"));
    assertThat(run("train", "--resume", "--out", run.toString())).isEqualTo(1);
    assertThat(screen.err()).contains("is not the one that the run").contains("was another and is");
  }

  @Test
  @Tag("slow")
  void training_killedAtRandomMoments_isThatOfNoInterruption() throws Exception {
    long begin = System.nanoTime();
    assertThat(process(training("whole", 6), "whole").waitFor()).isZero();
    long whole = (System.nanoTime() - begin) / 1_000_000;

    Random random = new Random(7);
    int kills = 0;
    for (int round = 0; kills < KILLS; round++) {
      String name = "killed" + round;
      List<String> again = List.of("train", "--resume", "--out", path(name));
      boolean ended = false;
      // each later process is killed within the time of a whole training too, until one ends
      while (!ended) {
        boolean started = Files.exists(folder.resolve(name));
        Process process = process(started ? again : training(name, 6), name);
        long limit = kills < KILLS ? 1 + random.nextLong(whole) : Long.MAX_VALUE;
        ended = process.waitFor(limit, TimeUnit.MILLISECONDS);
        if (!ended) {
          process.destroyForcibly().waitFor();
          kills++;
        } else {
          assertThat(process.exitValue()).as(() -> log(name)).isZero();
        }
      }
      assertThat(metrics(name)).as("after %s kills", kills).isEqualTo(metrics("whole"));
      for (String entry :
          List.of(
              "best.zip/coefficients.bin",
              "last.zip/coefficients.bin",
              "last.zip/updaterState.bin")) {
        assertThat(entry(name, entry)).as(entry).isEqualTo(entry("whole", entry));
      }
    }
  }

  /** Of a checkpoint, whose file as a whole holds the time of writing. */
  private byte[] entry(String run, String name) throws IOException {
    int slash = name.indexOf('/');
    Path file = folder.resolve(run).resolve("checkpoints").resolve(name.substring(0, slash));
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream in = zip.getInputStream(zip.getEntry(name.substring(slash + 1)))) {
      return in.readAllBytes();
    }
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** On one thread, where sums have one order. */
  private Process process(List<String> arguments, String name) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "org.food4j.cli.Food"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    File log = folder.resolve(name + ".log").toFile();
    return builder.redirectErrorStream(true).redirectOutput(log).start();
  }

  /** The lines, without what the clock says. */
  private List<JsonNode> metrics(String run) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl"))) {
      ObjectNode metrics = (ObjectNode) MAPPER.readTree(line);
      lines.add(metrics.without(List.of("seconds", "photos_per_second")));
    }
    return lines;
  }

  private int run(String... arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
