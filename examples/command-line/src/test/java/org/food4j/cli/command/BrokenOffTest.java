package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code food train} that ends before its time: what it says, and that it goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenOffTest {
  private Path folder;
  private Screen screen;

  @BeforeAll
  void prepare(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 8);
    String targets = "data prepare --train 6 --validation 1 --test 1";
    List<String> arguments = new ArrayList<>(List.of(targets.split(" ")));
    arguments.addAll(List.of("--photos", path("photos"), "--out", path("dataset")));
    assertThat(run(arguments)).as(() -> screen.err()).isZero();
  }

  private List<String> training(String run, String... settings) {
    List<String> arguments =
        new ArrayList<>(List.of("train", "--data", path("dataset"), "--out", path(run)));
    for (String setting : List.of("input_size=32", "batch_size=8", "warm_up_epochs=0")) {
      arguments.addAll(List.of("--set", setting));
    }
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    return arguments;
  }

  @Test
  void training_thatDiverges_saysInOneLineWhatIsKept() {
    assertThat(
            run(training("nan", "epochs=2", "optimizer=sgd", "learning_rate=1e38", "momentum=0")))
        .isEqualTo(1);
    assertThat(errors())
        .singleElement()
        .asString()
        .contains("lower the learning rate or lengthen the warm-up")
        .endsWith(
            ". 0 of 2 epochs are kept in %s; the same recipe would come to this again, so train into another directory"
                .formatted(path("nan")));
  }

  @Test
  void training_whosePhotoIsDamaged_saysInOneLineWhatToDo() throws IOException {
    Dataset dataset = Dataset.open(folder.resolve("dataset"));
    Path photo = dataset.photoRoot().resolve(dataset.entries(Split.VALIDATION).get(0).path());
    byte[] bytes = Files.readAllBytes(photo);
    Files.writeString(photo, "no photo");
    try {
      assertThat(run(training("photo", "epochs=1"))).isEqualTo(1);
    } finally {
      Files.write(photo, bytes);
    }
    assertThat(errors())
        .singleElement()
        .asString()
        .contains(photo.toString())
        .contains("Put the photo back, or prepare the data set again. 0 of 1 epochs are kept")
        .endsWith("; go on after them: examples/food train --resume --out " + path("photo"));
    assertThat(run(List.of("train", "--resume", "--out", path("photo"))))
        .as(() -> screen.err())
        .isZero();
  }

  /** Java does not answer to a SIGINT that it was started to ignore, as under nohup. */
  @ParameterizedTest
  @CsvSource({"INT, 130", "TERM, 143"})
  @Tag("slow")
  void training_askedToEnd_saysWhatIsKeptAndGoesOn(String signal, int code) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "signals need /usr/bin/env");
    String name = "signal" + signal;
    Process process =
        process(
            "exec env --default-signal=" + signal + " \"$@\"", training(name, "epochs=1000"), name);
    Path metrics = folder.resolve(name).resolve("metrics.jsonl");
    long begin = System.nanoTime();
    while (!Files.exists(metrics) || Files.readAllLines(metrics).size() < 2) {
      assertThat(process.isAlive()).as(() -> log(name)).isTrue();
      assertThat(System.nanoTime() - begin).as(() -> log(name)).isLessThan(300_000_000_000L);
      Thread.sleep(20);
    }
    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> log(name)).isEqualTo(code);
    int kept = kept(name);
    assertThat(log(name).lines().filter(line -> line.startsWith("food: ")))
        .containsExactly(
            "food: The training was stopped. %s of 1000 epochs %s kept in %s; go on after them: examples/food train --resume --out %s"
                .formatted(kept, kept == 1 ? "is" : "are", path(name), path(name)));
    assertThat(folder.resolve(name).resolve("checkpoints")).isDirectoryNotContaining("glob:**.tmp");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sweep          | --set seed=1,2 --out OUT | 0 finished trainings, and the whole epochs of what was under way, are kept in OUT; the same command goes on with the rest
          cross-validate | --folds 2 --out OUT      | Nothing is kept before the last fold is done: run the same command again
          lr-find        | --steps 1000000          | Of a range test nothing is kept: run the same command again
          """)
  @Tag("slow")
  void command_askedToEnd_saysWhatIsKept(String verb, String options, String left)
      throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/env")), "signals need /usr/bin/env");
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "/proc shows how far a process is");
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of(options.replace("OUT", path(verb)).split(" ")));
    arguments.addAll(training("", "epochs=1000").subList(1, 3)); // --data
    arguments.addAll(training("", "epochs=1000").subList(5, 13));
    Process process = process("exec env --default-signal=INT \"$@\"", arguments, verb);
    while (!threads(process).contains("photo-reader")) { // there are steps from then on
      assertThat(process.isAlive()).as(() -> log(verb)).isTrue();
      Thread.sleep(50);
    }
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(() -> log(verb)).isEqualTo(130);
    assertThat(log(verb).lines().filter(line -> line.startsWith("food: ")))
        .containsExactly("food: The training was stopped. " + left.replace("OUT", path(verb)));
  }

  private static List<String> threads(Process process) throws IOException {
    List<String> names = new ArrayList<>();
    File[] tasks = new File("/proc/" + process.pid() + "/task").listFiles();
    for (File task : tasks == null ? new File[0] : tasks) {
      try {
        names.add(Files.readString(task.toPath().resolve("comm")).strip());
      } catch (NoSuchFileException e) {
        continue; // it has ended meanwhile
      }
    }
    return names;
  }

  @Test
  @Tag("slow")
  void training_onAFullDisk_saysWhatIsKeptAndGoesOn() throws Exception {
    assertThat(run(training("disk", "epochs=1"))).as(() -> screen.err()).isZero();
    Path run = folder.resolve("disk");
    Files.delete(run.resolve("report.html"));
    Path recipe = run.resolve("recipe.yaml");
    Files.writeString(recipe, Files.readString(recipe).replace("epochs: 1\n", "epochs: 2\n"));
    byte[] last = Files.readAllBytes(run.resolve("checkpoints/last.zip"));

    List<String> again = List.of("train", "--resume", "--out", run.toString());
    // blocks of 1024 bytes: no file may grow beyond half a checkpoint
    Process process =
        process("ulimit -f %s; exec \"$@\"".formatted(last.length / 2048), again, "full");
    assertThat(process.waitFor()).as(() -> log("full")).isEqualTo(1);
    assertThat(log("full").lines().filter(line -> line.startsWith("food: ")))
        .singleElement()
        .asString()
        .contains("File too large")
        .endsWith(
            "1 of 2 epochs is kept in %s; go on after them: examples/food train --resume --out %s"
                .formatted(run, run));
    assertThat(run.resolve("checkpoints/last.zip")).hasBinaryContent(last);
    assertThat(run(again)).as(() -> screen.err()).isZero();
    assertThat(kept("disk")).isEqualTo(2);
  }

  private int kept(String run) throws IOException {
    try (var lines = Files.lines(folder.resolve(run).resolve("metrics.jsonl"))) {
      return (int) lines.count();
    }
  }

  private List<String> errors() {
    return screen.err().lines().filter(line -> line.startsWith("food: ")).toList();
  }

  private String log(String name) {
    try {
      return Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Process process(String script, List<String> arguments, String name) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-Djava.awt.headless=true", "org.food4j.cli.Food"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(name + ".log").toFile())
        .start();
  }

  private int run(List<String> arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }
}
