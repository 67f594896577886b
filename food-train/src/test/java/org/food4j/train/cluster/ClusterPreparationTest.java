package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.prepare.PhotoSource;
import org.food4j.data.prepare.PhotoSupply;
import org.food4j.data.prepare.PreparationSummary;
import org.food4j.data.scan.PhotoFile;
import org.food4j.data.scan.PhotoReader;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.food4j.data.synthetic.DrawnDishes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drawn dishes, prepared by a cluster and by this process. */
class ClusterPreparationTest {
  private static SparkCluster spark;

  @TempDir private Path folder;
  private Path photos;

  @BeforeAll
  static void start() throws Exception {
    spark = SparkCluster.open(LocalSpark.settings("local[2,4]"));
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  /** 10 classes of 6 dishes, a broken photo, one that is there twice, and files of no class. */
  @BeforeEach
  void draw() throws IOException {
    photos = folder.resolve("my photos");
    new DrawnDishes(5).write(photos, 6);
    Path pizza = photos.resolve("pizza");
    Files.writeString(pizza.resolve("broken.jpg"), "no photo");
    Files.copy(first(pizza), pizza.resolve("zz 100% copy.jpg"));
    Files.writeString(photos.resolve("notes.txt"), "mine");
    Files.writeString(photos.resolve(".DS_Store"), "nobody's");
    Files.writeString(photos.resolve("pizza/Thumbs.db"), "nobody's");
    // settled, also where whole seconds are all that is known
    try (Stream<Path> all = Files.walk(photos)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_700_000_000)));
      }
    }
  }

  private static Path first(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith("0.jpg")).sorted().findFirst().get();
    }
  }

  private static String mounted(Path path) {
    return LocalSpark.MOUNTED + path;
  }

  private DatasetPreparation by(String place, String out) {
    return with(new SparkPhotos(spark, place), out);
  }

  private DatasetPreparation with(PhotoSource source, String out) {
    return DatasetPreparation.of(source, folder.resolve(out))
        .withTargets(new SplitTargets(2, 1, 1));
  }

  /** The files that are the same wherever photos lie. */
  private static TreeMap<String, String> content(Path dataset) throws IOException {
    TreeMap<String, String> content = new TreeMap<>();
    for (String name :
        List.of("manifest.csv", "labels.json", "rejected.csv", "near_duplicates.csv")) {
      content.put(name, Files.readString(dataset.resolve(name)));
    }
    content.put("fingerprint", Dataset.open(dataset).fingerprint());
    return content;
  }

  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void folderOfThisMachine_isTheSameDataSet_andNothingIsCopied() throws IOException {
    PreparationSummary local = with(PhotoSource.of(photos), "local").run(Progress.NONE);
    List<Integer> reported = new ArrayList<>();

    PreparationSummary summary =
        by(photos.toString(), "set").run((done, total) -> reported.add(done));

    assertThat(summary).isEqualTo(local);
    assertThat(summary.read()).isEqualTo(62);
    assertThat(reported).isSorted().doesNotHaveDuplicates().endsWith(62);
    assertThat(content(folder.resolve("set"))).isEqualTo(content(folder.resolve("local")));
    assertThat(Dataset.open(folder.resolve("set")).photoRoot()).isEqualTo(photos.toRealPath());
    assertThat(names(folder))
        .containsExactly(".local.scan", ".set.scan", "local", "my photos", "set");
    // either knows what the other has read
    assertThat(with(PhotoSource.of(photos), "set").run(Progress.NONE).read()).isZero();
    assertThat(by("file:" + photos, "local").run(Progress.NONE).read()).isZero();
  }

  @Test
  void folderOfAnotherFileSystem_isTheSameDataSet_withItsPhotosBeside() throws IOException {
    with(PhotoSource.of(photos), "local").run(Progress.NONE);

    PreparationSummary summary = by(mounted(photos) + "/", "set").run(Progress.NONE);

    assertThat(summary.read()).isEqualTo(62);
    assertThat(content(folder.resolve("set"))).isEqualTo(content(folder.resolve("local")));
    assertThat(folder.resolve("set/rejected.csv"))
        .content()
        .contains("pizza/broken.jpg,", "notes.txt,lies outside the class folders", "duplicate of");
    Dataset dataset = Dataset.open(folder.resolve("set"));
    assertThat(dataset.photoRoot().getFileName().toString()).matches("set-photos-[0-9a-f]{8}");
    Set<String> expected =
        dataset.entries().stream()
            .map(ManifestEntry::path)
            .collect(Collectors.toCollection(TreeSet::new));
    expected.add(".unpacked.csv");
    assertThat(files(dataset.photoRoot())).isEqualTo(expected).hasSize(41);
    for (ManifestEntry entry : dataset.entries()) {
      assertThat(dataset.photo(entry)).hasSameBinaryContentAs(photos.resolve(entry.path()));
    }
  }

  @Test
  void secondTime_readsNothingAndCopiesNothing_andOtherPhotosTakeThePlace() throws IOException {
    by(mounted(photos), "set").run(Progress.NONE);
    Path copies = Dataset.open(folder.resolve("set")).photoRoot();
    Object key = Files.readAttributes(copies, "*").get("fileKey");

    assertThat(by(mounted(photos), "set").run(Progress.NONE).read()).isZero();
    assertThat(Files.readAttributes(copies, "*").get("fileKey")).isEqualTo(key);

    Files.copy(photos.resolve("pizza/broken.jpg"), photos.resolve("pizza/broken too.jpg"));
    assertThat(by(mounted(photos), "set").withSeed(7).run(Progress.NONE).read()).isOne();
    Path others = Dataset.open(folder.resolve("set")).photoRoot();
    assertThat(others).isNotEqualTo(copies).isDirectory();
    assertThat(copies).doesNotExist();

    by(photos.toString(), "set").run(Progress.NONE);
    assertThat(names(folder)).containsExactly(".set.scan", "my photos", "set");
  }

  @Test
  void onlyFolderInside_isGoneInto_asHere() throws IOException {
    Path above = Files.createDirectories(folder.resolve("above"));
    Files.move(photos, above.resolve("Food"));
    Files.writeString(above.resolve("licence.txt"), "mine");
    with(PhotoSource.of(above), "local").run(Progress.NONE);

    by(mounted(above), "set").run(Progress.NONE);

    assertThat(content(folder.resolve("set"))).isEqualTo(content(folder.resolve("local")));
    assertThat(folder.resolve("set/rejected.csv")).content().contains("../licence.txt,");
  }

  @Test
  void photosThatChangeMeanwhile_areNotTakenForThoseThatWereRead() throws IOException {
    SparkPhotos source = new SparkPhotos(spark, mounted(photos));
    PhotoSource changing =
        (dataset, pixelLimit, threads, unpacking) -> {
          PhotoSupply supply = source.open(dataset, pixelLimit, threads, unpacking);
          return supply.withReader(
              (files, progress, found) -> {
                supply.reader().read(files, progress, found);
                for (PhotoFile file : files) {
                  Files.writeString(photos.resolve(file.path()), "changed");
                }
              });
        };

    assertThatThrownBy(() -> with(changing, "set").run(Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the photo that the data set was made of");
    assertThat(names(folder)).containsExactly(".set.scan", "my photos");
  }

  @Test
  void emptyClassFolder_isAClassWithoutPhotos() throws IOException {
    Files.createDirectories(photos.resolve("empty"));

    refused(mounted(photos), "Classes with too few photos: empty (0)");
  }

  @Test
  void placesWithoutClassFolders_areRefused() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    refused(mounted(nowhere), "There is no folder " + mounted(nowhere));
    refused(nowhere.toString(), "There is no folder " + nowhere);
    Path single = Files.createDirectories(folder.resolve("single"));
    refused(mounted(single), "holds no class folders (it is empty)");
    Files.move(photos.resolve("pizza"), single.resolve("pizza"));
    refused(
        mounted(single),
        "holds a single class folder (pizza) and a classifier needs two or more: if the classes are the folders inside it, name that folder instead, "
            + mounted(single)
            + "/pizza");
    Path zip = Files.writeString(folder.resolve("photos.ZIP"), "PK");
    refused(mounted(zip), "is a zip, which is read from this machine alone: copy it here");
    Path text = Files.writeString(folder.resolve("photos.txt"), "pizza");
    refused(mounted(text), "is a file: name the folder that holds a folder of photos per class");
    assertThat(names(folder)).containsExactly("my photos", "photos.ZIP", "photos.txt", "single");
  }

  @Test
  void partsOfADataSet_areRefused() throws IOException {
    Path parts = folder.resolve("parts");
    for (String part : List.of("train", "test")) {
      new DrawnDishes(5).write(parts.resolve(part), 1);
    }

    refused(
        mounted(parts),
        "To split one of them anew, name that folder instead, " + mounted(parts) + "/train");
  }

  @Test
  void fileSystemThatIsNotThere_isNamed() {
    assertThatThrownBy(() -> by("nosuch://host/photos", "set").run(Progress.NONE))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("nosuch://host/photos")
        .hasMessageContaining("No FileSystem for scheme");
  }

  @Test
  void connectionThatBreaks_isNoFaultOfThePhoto_thePartIsReadAgain() throws IOException {
    with(PhotoSource.of(photos), "local").run(Progress.NONE);
    SparkPhotos source = new SparkPhotos(spark, "unreliable:" + photos);
    PhotoSource breaking =
        (dataset, pixelLimit, threads, unpacking) -> {
          PhotoSupply supply = source.open(dataset, pixelLimit, threads, unpacking);
          return supply.withReader(
              (files, progress, found) -> {
                UnreliableFiles.FAILURES.set(2);
                supply.reader().read(files, progress, found);
              });
        };

    with(breaking, "set").run(Progress.NONE);

    assertThat(UnreliableFiles.FAILURES).hasValue(0);
    assertThat(content(folder.resolve("set"))).isEqualTo(content(folder.resolve("local")));
  }

  @Test
  void photoThatCannotBeRead_endsThePreparation_andIsNamed() throws IOException {
    List<PhotoFile> files = new HadoopTree(spark, mounted(photos)).listing().files();
    PhotoReader reader = new SparkReader(spark, mounted(photos), 1_000_000);
    Files.delete(first(photos.resolve("pizza")));

    assertThatThrownBy(() -> reader.read(files, Progress.NONE, examined -> {}))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("0.jpg cannot be read: ");
  }

  @Test
  void interruption_endsTheJob() throws Exception {
    String place = "unreliable:" + photos;
    List<PhotoFile> files = new HadoopTree(spark, place).listing().files();
    PhotoReader reader = new SparkReader(spark, place, 1_000_000);
    Thread other = UnreliableFiles.interruptAtTheGate();
    try {
      assertThatThrownBy(() -> reader.read(files, Progress.NONE, examined -> {}))
          .isInstanceOf(InterruptedIOException.class);

      assertThat(Thread.interrupted()).isTrue();
      LocalSpark.awaitNoJobs(spark);
    } finally {
      UnreliableFiles.gate.countDown();
      other.join();
    }
    assertThat(by(mounted(photos), "set").run(Progress.NONE).read()).isEqualTo(62);
  }

  private void refused(String place, String message) {
    assertThatThrownBy(() -> by(place, "set").run(Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
