package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code food data prepare} and {@code food data pack} on photos that are not of food. */
class DataCommandsTest {
  @TempDir Path folder;
  private Screen screen;

  @BeforeEach
  void drawLeaves() throws IOException {
    draw("healthy", 20);
    draw("leaf_rust", 10);
  }

  @Test
  void prepare_everyPhotoWithLabels_thenPack_handsOverFoldersOrZip() throws IOException {
    Files.writeString(
        folder.resolve("leaves.csv"),
        """
        name,display_name,index,treatment,days
        leaf_rust,Leaf rust,0,copper,7
        healthy,,1,,
        """);
    JsonNode prepared =
        json(
            "data prepare --photos %s --out %s --per-class all --ratio 8:1:1 --labels %s",
            "photos", "dataset", "leaves.csv");
    assertThat(prepared.toString())
        .isEqualTo(
            "{\"classes\":2,\"kept\":30,\"rejected\":0,\"train\":24,\"validation\":3,\"test\":3,\"read\":30}");
    assertThat(folder.resolve("dataset/labels.json"))
        .content()
        .contains("\"Leaf rust\"", "\"treatment\" : \"copper\"", "\"days\" : 7");

    JsonNode packed = json("data pack %s --out %s", "dataset", "pack");
    assertThat(packed.get("photos").asInt()).isEqualTo(30);
    assertThat(packed.get("train").asInt()).isEqualTo(24);
    assertThat(packed.get("renamed")).isEmpty();
    assertThat(folder.resolve("pack/train/leaf_rust")).isDirectory();
    JsonNode exam =
        json("data pack %s --split test --split validation --out %s", "dataset", "e.zip");
    assertThat(exam.get("photos").asInt()).isEqualTo(6);
    assertThat(exam.get("bytes").asLong()).isBetween(1L, Files.size(folder.resolve("e.zip")));
    assertThat(
            json("data prepare --photos %s --out %s --per-class 8", "pack/train", "again")
                .get("classes")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void badInput_ofEachKind_isOneLine() throws IOException {
    assertThat(run("data prepare --photos %s --out %s --per-class 8", "photos", "dataset"))
        .isZero();
    Files.writeString(folder.resolve("labels.csv"), "name\nhealthy\nrust\n");
    failed(
        "nothing is said about leaf_rust",
        "data prepare --photos %s --out %s --labels %s",
        "photos",
        "x",
        "labels.csv");
    failed(
        "There is no label file",
        "data prepare --photos %s --out %s --labels %s",
        "photos",
        "x",
        "none.csv");
    failed("lies inside the photo folder", "data pack %s --out %s", "dataset", "photos/healthy");
    failed("no such folder", "data pack %s --out %s", "nothing", "x");
    Files.createDirectories(folder.resolve("foreign"));
    Files.writeString(folder.resolve("foreign/letter.txt"), "mine");
    failed("not empty and no pack", "data pack %s --out %s", "dataset", "foreign");
    assertThat(run("data pack %s --split exam --out %s", "dataset", "x")).isEqualTo(2);
    assertThat(screen.err()).contains("--split: There is no split 'exam'");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private void failed(String reason, String command, String... paths) {
    assertThat(run(command, paths)).as(command).isEqualTo(1);
    assertThat(screen.err().lines().filter(line -> line.startsWith("food: "))).hasSize(1);
    assertThat(screen.err()).contains(reason);
  }

  private JsonNode json(String command, String... paths) throws IOException {
    assertThat(run(command + " --json", paths)).as(command).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  /** Runs a command whose places are paths below the test's folder. */
  private int run(String command, String... paths) {
    List<String> arguments = new ArrayList<>();
    int path = 0;
    for (String word : command.split(" ")) {
      arguments.add(word.equals("%s") ? folder.resolve(paths[path++]).toString() : word);
    }
    screen = Screen.piped();
    return Food.run(screen.terminal(), arguments.toArray(String[]::new));
  }

  private void draw(String name, int photos) throws IOException {
    Random random = new Random(name.hashCode());
    Path to = Files.createDirectories(folder.resolve("photos").resolve(name));
    for (int number = 0; number < photos; number++) {
      BufferedImage image = new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 32 * 24; i++) {
        image.setRGB(i % 32, i / 32, new Color(random.nextInt(0x1000000)).getRGB());
      }
      ImageIO.write(image, "png", to.resolve("%02d.png".formatted(number)).toFile());
    }
  }
}
