package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code food data prepare} on an archive, as downloaded. */
class DataPrepareCommandTest {
  @TempDir Path folder;

  @Test
  void prepare_zipOfAFolderOfClassFolders_countsAndKnowsItAgain() throws IOException {
    Path zip = folder.resolve("archive");
    new DrawnDishes(5).write(folder.resolve("Food set"), 3);
    zip(folder.resolve("Food set"), zip);

    JsonNode first = prepare(zip);
    JsonNode again = prepare(zip);

    assertThat(first.get("classes").asInt()).isEqualTo(10);
    assertThat(first.get("kept").asInt()).isEqualTo(30);
    assertThat(first.get("rejected").asInt()).isEqualTo(1);
    assertThat(first.get("read").asInt()).isEqualTo(30);
    assertThat(again.get("read").asInt()).isZero();
    assertThat(folder.resolve("set/rejected.csv"))
        .content()
        .contains("../../evil.jpg,not unpacked: a path that leads out of the folder");
    assertThat(folder.resolveSibling("evil.jpg")).doesNotExist();
  }

  @Test
  void prepare_urlWithoutACluster_saysWhatReadsIt() {
    Screen screen = Screen.piped();
    Path out = folder.resolve("set");

    int exit =
        Food.run(
            screen.terminal(),
            "data",
            "prepare",
            "--photos",
            "hdfs://host/photos",
            "--out",
            out.toString());

    assertThat(exit).isNotZero();
    assertThat(screen.err())
        .contains("hdfs://host/photos is no path of this machine", "add --spark-master 'local[*]'");
    assertThat(out).doesNotExist();
  }

  private JsonNode prepare(Path photos) throws IOException {
    Screen screen = Screen.piped();
    String[] arguments = {
      "data",
      "prepare",
      "--photos",
      photos.toString(),
      "--out",
      folder.resolve("set").toString(),
      "--train",
      "1",
      "--validation",
      "1",
      "--test",
      "1",
      "--json"
    };
    assertThat(Food.run(screen.terminal(), arguments)).as(screen.err()).isZero();
    return new JsonMapper().readTree(screen.out());
  }

  private static void zip(Path root, Path zip) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("../evil.jpg"));
      for (Path file : files) {
        entries.putNextEntry(new ZipEntry(root.getParent().relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
  }
}
