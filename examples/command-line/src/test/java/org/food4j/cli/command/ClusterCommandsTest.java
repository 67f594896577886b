package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a cluster is asked; Spark as a whole is not on the tests' class path. */
class ClusterCommandsTest {
  private final Screen screen = Screen.piped();

  @TempDir private Path folder;

  private int run(String... arguments) {
    return Food.run(screen.terminal(), arguments);
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  @Test
  void settingsOfSpark_withoutACluster_areWrongUsage() {
    assertThat(run("train", "--data", out(), "--out", out(), "--spark-conf", "spark.cores.max=2"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("--spark-conf is about a cluster");
  }

  @Test
  void photosOfACluster_withoutACluster_areWrongUsage() {
    assertThat(run("train", "--data", out(), "--out", out(), "--spark-photos", "hdfs://a/b"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("--spark-photos is about a cluster");
  }

  @Test
  void settingThatIsNotSparks_isRefused() {
    assertThat(
            run(
                "train",
                "--data",
                out(),
                "--out",
                out(),
                "--spark-master",
                "local[2]",
                "--spark-conf",
                "epochs=3"))
        .isEqualTo(1);
    assertThat(screen.err()).contains("Spark's settings begin with spark.").contains("'epochs'");
  }

  @Test
  void cluster_withoutSparkOnTheClassPath_saysWhatToAdd() {
    assertThat(run("train", "--data", out(), "--out", out(), "--spark-master", "local[2]"))
        .isEqualTo(1);
    assertThat(screen.err()).contains("is not on the class path").contains("examples/food");
  }

  @Test
  void predictionByACluster_wantsAFolderAndAPlace() throws Exception {
    Path model = Files.writeString(folder.resolve("model.onnx"), "");

    assertThat(run("predict", "--model", model.toString(), "--spark-master", "local")).isEqualTo(2);
    assertThat(screen.err()).contains("--spark-master needs --photos and --out");
  }

  @Test
  void predictionByACluster_ofARun_isWrongUsage() {
    assertThat(
            run(
                "predict",
                "--model",
                folder.toString(),
                "--spark-master",
                "local",
                "--photos",
                "photos",
                "--out",
                out()))
        .isEqualTo(2);
    assertThat(screen.err()).contains("export the run first");
  }

  @Test
  void optionsOfAClustersPrediction_withoutACluster_areWrongUsage() {
    for (String option : List.of("--photos=a", "--out=b", "--format=csv")) {
      assertThat(run("predict", "--model", "model.onnx", option, "dinner.jpg")).isEqualTo(2);
      assertThat(screen.err()).contains("--photos, --out and --format are about a cluster");
    }
  }

  @Test
  void formatThatIsNone_isWrongUsage() {
    assertThat(run("predict", "--model", "model.onnx", "--format", "xml", "dinner.jpg"))
        .isEqualTo(2);
    assertThat(screen.err()).contains("expected one of jsonl, csv, not 'xml'");
  }

  @Test
  void masterThatIsNone_isRefused() {
    assertThat(run("predict", "--model", "model.onnx", "--spark-master", "host:7077")).isEqualTo(1);
    assertThat(screen.err()).contains("A Spark master is local[2]").contains("not 'host:7077'");
  }

  @Test
  void prediction_withoutPhotos_isWrongUsage() {
    assertThat(run("predict", "--model", out())).isEqualTo(2);
    assertThat(screen.err()).contains("PHOTO|DIR");
    assertThat(List.of(folder.toFile().list())).isEmpty();
  }
}
