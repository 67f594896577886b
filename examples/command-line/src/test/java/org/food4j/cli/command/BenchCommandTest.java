package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.manifest.Labels;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxGraphBuilder;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two tiny files over a few drawn dishes; each measurement is a Java process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchCommandTest {
  private static final int SIZE = 8;

  private Path folder;
  private Screen screen;
  private JsonNode rows;

  @BeforeAll
  void measure(@TempDir Path temporary) throws IOException {
    folder = temporary;
    new DrawnDishes(5).write(folder.resolve("photos"), 2);
    model("one.onnx", "GlobalAveragePool");
    model("other.onnx", "GlobalMaxPool");
    int exit =
        run(
            "bench",
            "--json",
            "--model",
            path("one.onnx"),
            "--model",
            path("other.onnx"),
            "--data",
            path("photos"),
            "--out",
            path("bench"),
            "--reference",
            "other.onnx",
            "--batches",
            "2,1",
            "--rounds",
            "1",
            "--calls",
            "3",
            "--seconds",
            "0",
            "--warm-up",
            "0",
            "--threads",
            "1");
    assertThat(exit).as(screen.err()).isZero();
    rows = new JsonMapper().readTree(screen.out());
  }

  private void model(String name, String pooling) throws IOException {
    List<String> labels = new ArrayList<>(List.of("none", "nothing"));
    DrawnDishes.labels().forEach(label -> labels.add(label.name()));
    OnnxGraphBuilder graph = new OnnxGraphBuilder("test");
    String input = graph.input("input", OnnxGraphBuilder.BATCH, 3, SIZE, SIZE);
    String pooled = graph.node("pooled", OnnxNode.of(pooling, input));
    String[] many = {pooled, pooled, pooled, pooled}; // ten dishes, and two names beyond them
    String channels = graph.node("channels", OnnxNode.of("Concat", many).with("axis", 1));
    String flat = graph.node("flat", OnnxNode.of("Flatten", channels).with("axis", 1));
    graph.output(flat, "logits", OnnxGraphBuilder.BATCH, labels.size());
    OnnxModelFile.write(
        folder.resolve(name),
        graph.build(),
        ModelCard.of(
            Labels.of(labels),
            new Preprocessing(
                SIZE, SIZE, Interpolation.BILINEAR, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f))));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private int run(String... arguments) {
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments);
  }

  @Test
  void bench_ofTwoFiles_writesRowsAndPages() throws IOException {
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).fieldNames())
        .toIterable()
        .startsWith(
            "model",
            "runtime",
            "form",
            "top1",
            "top5",
            "batch",
            "p50_ms",
            "p95_ms",
            "p99_ms",
            "photos_per_second",
            "bytes");
    assertThat(rows.get(0).get("model").asText()).isEqualTo("one.onnx");
    assertThat(rows.get(0).get("batch").asInt()).isEqualTo(1);
    assertThat(rows.get(2).get("speedup").asDouble()).isEqualTo(1);
    assertThat(Files.readAllLines(folder.resolve("bench/results.csv"))).hasSize(5);
    assertThat(folder.resolve("bench/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("bench/report.md")).content().contains("| other.onnx | 2 |");
    JsonNode results = new JsonMapper().readTree(folder.resolve("bench/results.json").toFile());
    assertThat(results.get("reference").asInt()).isEqualTo(1);
    assertThat(results.at("/sources/0/environment/threads").asText()).isEqualTo("1");
    assertThat(results.at("/models/0/batches/0/samples_ms")).hasSize(1);
    assertThat(results.at("/models/0/batches/0/samples_ms/0")).hasSize(3);
    if (Files.exists(Path.of("/proc/self/status"))) {
      assertThat(rows.get(0).get("memory_bytes").asLong()).isPositive();
    }
  }

  @Test
  void benchLike_ofABenchmark_repeatsAndComparesIt() throws IOException {
    assertThat(run("bench", "--like", path("bench"), "--out", path("again")))
        .as(screen.err())
        .isZero();
    assertThat(screen.out()).contains("Compared with before: ");
    assertThat(folder.resolve("again/report.md")).content().contains("## Compared with before");
    assertThat(run("bench", "report", path("bench"), path("again"), "--out", path("both")))
        .as(screen.err())
        .isZero();
    assertThat(Files.readAllLines(folder.resolve("both/results.csv"))).hasSize(9);
    assertThat(screen.out()).contains("Compared with before: ");
    assertThat(run("bench", "report", path("again"), "--out", path("same"))).isZero();
    for (String name : List.of("results.csv", "report.md")) {
      assertThat(folder.resolve("same").resolve(name))
          .hasSameTextualContentAs(folder.resolve("again").resolve(name));
    }
    assertThat(run("bench", "--like", path("both"), "--out", path("third"))).isEqualTo(2);
    assertThat(screen.err()).contains("was merged from several benchmarks");
  }

  @Test
  void benchReport_ofTheSamePlaces_isRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("bench"));
    assertThat(run("bench", "report", path("bench"), path("link"), "--out", path("z")))
        .isEqualTo(2);
    assertThat(screen.err()).contains("are the same, name each once");
    assertThat(run("bench", "report", path("bench"), "--out", path("link"))).isEqualTo(2);
    assertThat(screen.err()).contains("would replace a benchmark");
    assertThat(run("bench", "--like", path("bench"), "--out", path("link"))).isEqualTo(2);
    assertThat(screen.err()).contains("would replace the benchmark");
    String[] unknown = {"bench", "report", path("bench"), "--out", path("z"), "--reference", "x"};
    assertThat(run(unknown)).isEqualTo(2);
    assertThat(screen.err()).contains("[one.onnx, other.onnx], not 'x'");
    assertThat(folder.resolve("z")).doesNotExist();
  }

  @Test
  void bench_ofWrongNames_isRefusedBeforeAnythingIsRead() {
    String[] rest = {"--data", path("none"), "--out", path("z")};
    String[] twice = {"bench", "--model", path("one.onnx"), "--model", path("photos/../one.onnx")};
    assertThat(run(joined(twice, rest))).isEqualTo(2);
    assertThat(screen.err()).contains("are the same, name each once");
    String[] unknown = {"bench", "--model", path("one.onnx"), "--reference", "x"};
    assertThat(run(joined(unknown, rest))).isEqualTo(2);
    assertThat(screen.err()).contains("--reference is one of [one.onnx], not 'x'");
  }

  @Test
  void bench_intoAFolderOfOthers_isRefusedBeforePhotosAreRead() throws IOException {
    String[] bench = {"bench", "--model", path("one.onnx"), "--data", path("photos")};
    String[] out = {"--out", path("photos")};
    assertThat(run(joined(bench, out))).isEqualTo(1);
    assertThat(screen.err())
        .contains("holds files that are not a benchmark")
        .doesNotContain("Reading photos");
    assertThat(run("bench", "--like", path("bench"), "--out", path("photos"))).isEqualTo(1);
    assertThat(screen.err())
        .contains("holds files that are not a benchmark")
        .doesNotContain("Reading photos");
  }

  @Test
  void bench_withoutPhotos_saysOnlyThat() {
    String[] bench = {"bench", "--model", path("one.onnx"), "--data", path("none")};
    assertThat(run(joined(bench, new String[] {"--out", path("z")}))).isEqualTo(1);
    assertThat(screen.err()).contains(path("none")).doesNotContain("Reading photos");
    assertThat(folder.resolve("z")).doesNotExist();
  }

  @Test
  @Timeout(120)
  void bench_thatIsTerminated_leavesNeitherProcessesNorFolders() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Path log = folder.resolve("terminated.txt");
    Process bench =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Food.class.getName(),
                "bench",
                "--model",
                path("one.onnx"),
                "--data",
                path("photos"),
                "--out",
                path("terminated"),
                "--threads",
                "1")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    List<ProcessHandle> workers = List.of();
    while (workers.isEmpty()) {
      assertThat(bench.isAlive()).as(Files.readString(log)).isTrue();
      Thread.sleep(20);
      workers = bench.descendants().toList();
    }
    bench.destroy();
    assertThat(bench.waitFor()).isEqualTo(143);
    for (ProcessHandle worker : workers) { // told to end, but not waited for, by the parent
      worker.onExit().get(20, TimeUnit.SECONDS);
    }
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.startsWith("food4j-"));
    }
  }

  private static String[] joined(String[] first, String[] second) {
    return Stream.of(first, second).flatMap(Stream::of).toArray(String[]::new);
  }

  @Test
  void benchLike_withMore_isRefused() {
    assertThat(run("bench", "--like", path("bench"), "--out", path("x"), "--rounds", "2"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("give it --out and nothing");
    assertThat(run("bench", "--like", path("bench"), "--out", path("bench"))).isEqualTo(2);
    assertThat(screen.err()).contains("would replace the benchmark");
    assertThat(run("bench", "--like", path("photos"), "--out", path("x"))).isEqualTo(1);
    assertThat(screen.err()).contains("holds no results.json");
  }

  @Test
  void bench_onAProviderThatIsNotThere_saysWhatToDo() {
    assumeFalse(
        ExecutionProvider.available().contains(ExecutionProvider.CUDA),
        "the ONNX Runtime on the class path has CUDA");
    String[] bench = {
      "bench",
      "--model",
      path("one.onnx"),
      "--data",
      path("photos"),
      "--out",
      path("gpu"),
      "--provider",
      "cpu,cuda"
    };
    assertThat(run(bench)).isEqualTo(1);
    assertThat(screen.err()).contains("has no CUDA, only cpu", "onnxruntime_gpu");
    assertThat(folder.resolve("gpu")).doesNotExist();
    bench[bench.length - 1] = "gpu";
    assertThat(run(bench)).isEqualTo(2);
    assertThat(screen.err()).contains("'gpu': cpu, cuda, tensorrt are known");
  }

  @Test
  void bench_ofABrokenFile_namesItBeforeAnythingIsTimed() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("one.onnx"));
    Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(whole, whole.length / 2));
    int exit =
        run(
            "bench",
            "--model",
            path("one.onnx"),
            "--model",
            path("cut.onnx"),
            "--data",
            path("photos"),
            "--out",
            path("broken"),
            "--debug");
    assertThat(exit).isEqualTo(1);
    assertThat(screen.err()).contains("cut.onnx could not be measured: " + path("cut.onnx"));
    assertThat(screen.err()).contains("BenchWorkerCommand.call"); // the other process's trace
  }

  @Test
  void bench_withWrongNumbers_isRefused() {
    String[] bench = {
      "bench",
      "--model",
      path("one.onnx"),
      "--data",
      path("photos"),
      "--out",
      path("y"),
      "--batches",
      "1,0"
    };
    assertThat(run(bench)).isEqualTo(2);
    assertThat(screen.err()).contains("Batch sizes are at least 1");
    assertThat(run("bench", "--model", path("one.onnx"))).isEqualTo(2);
    assertThat(screen.err()).contains("--model, --data and --out are needed");
  }
}
