package org.food4j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.food4j.data.archive.ZipBytes;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A preparation that is killed leaves the older data set or the new one. */
class KilledPreparationTest {
  private static final int PHOTOS = 6;

  @TempDir Path folder;

  /** Prepares several sources in turn, for ever. */
  static final class Loop {
    private Loop() {}

    public static void main(String[] arguments) throws IOException {
      Path out = Path.of(arguments[0]);
      for (int turn = 1; ; turn++) {
        preparation(Path.of(arguments[1 + turn % (arguments.length - 1)]), out).run(Progress.NONE);
        System.out.println("prepared");
      }
    }
  }

  private static DatasetPreparation preparation(Path photos, Path out) {
    return DatasetPreparation.of(photos, out)
        .withTargets(SplitTargets.perClass(PHOTOS))
        .withThreads(1);
  }

  @Test
  void kill_fewTimes_leavesTheOldOrTheNewSet() throws Exception {
    killOften(3, 3);
  }

  @Test
  @Tag("slow")
  void kill_oneHundredAndTwentyTimes_leavesTheOldOrTheNewSet() throws Exception {
    killOften(120, 4);
  }

  private void killOften(int kills, long seed) throws Exception {
    List<Path> sources = List.of(photoFolder("one"), archive("two"), archive("three"));
    List<TreeMap<String, String>> allowed = new ArrayList<>();
    for (Path source : sources) {
      Path out = folder.resolve("expected/" + source.getFileName() + "/set");
      preparation(source, out).run(Progress.NONE);
      allowed.add(withoutPlace(PhotoFolders.contents(out)));
    }
    Path out = folder.resolve("set");
    preparation(sources.get(0), out).run(Progress.NONE);
    Random random = new Random(seed);
    int[] seen = new int[sources.size()];
    TreeMap<String, Integer> left = new TreeMap<>();
    for (int kill = 0; kill < kills; kill++) {
      Process process =
          ForkedJava.start(
              Loop.class, List.of("-Xmx128m"), out, sources.get(0), sources.get(1), sources.get(2));
      try (BufferedReader printed =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        // Past the start of Java, and then any moment of the next few turns.
        for (int turn = random.nextInt(sources.size()); turn >= 0; turn--) {
          assertThat(printed.readLine()).isEqualTo("prepared");
        }
        process.waitFor(random.nextInt(150_000), TimeUnit.MICROSECONDS);
      } finally {
        process.destroyForcibly().waitFor();
      }
      PhotoFolders.names(folder).forEach(name -> left.merge(name, 1, Integer::sum));
      Dataset dataset = Dataset.open(out);
      int which = allowed.indexOf(withoutPlace(PhotoFolders.contents(out)));
      assertThat(which).as("after kill %d", kill).isNotNegative();
      seen[which]++;
      for (ManifestEntry entry : dataset.entries()) {
        assertThat(dataset.photo(entry)).isRegularFile();
      }
    }
    assertThat(seen)
        .as("how often each set was found")
        .satisfies(counts -> varied(counts, kills, left));
    preparation(sources.get(1), out).run(Progress.NONE);
    assertThat(PhotoFolders.names(folder))
        .filteredOn(name -> name.contains("set"))
        .hasSize(3)
        .contains("set", ".set.scan")
        .anyMatch(name -> name.startsWith("set-photos-"));
  }

  /** Many kills that always leave the same set would have missed every replacement. */
  private static void varied(int[] counts, int kills, TreeMap<String, Integer> left) {
    if (kills >= 100) {
      System.out.println("Found " + Arrays.toString(counts) + ", beside them " + left);
      for (int count : counts) {
        assertThat(count).isGreaterThan(kills / 20);
      }
    }
  }

  /** The photo root, which tells where an archive was unpacked, is the one path in a data set. */
  private static TreeMap<String, String> withoutPlace(TreeMap<String, String> contents) {
    contents.computeIfPresent(
        "dataset.json",
        (name, json) -> json.replaceAll("\"photo_root\" : \"[^\"]*\"", "\"photo_root\" : \"\""));
    return contents;
  }

  private Path photoFolder(String name) {
    Path photos = folder.resolve(name);
    for (String className : List.of("pizza", "chai")) {
      for (int i = 0; i < PHOTOS; i++) {
        PhotoFolders.write(
            photos.resolve(className).resolve(i + ".png"), PhotoFolders.png(name + className, i));
      }
    }
    return photos;
  }

  private Path archive(String name) throws IOException {
    ZipBytes zip = new ZipBytes();
    PhotoFolders.contents(photoFolder(name))
        .forEach((path, text) -> zip.file(path, text.getBytes(StandardCharsets.ISO_8859_1)));
    return Files.write(folder.resolve(name + ".zip"), zip.bytes());
  }
}
