package org.food4j.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.DatasetException;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestCsv;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.PhotoFolder;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.manifest.Split;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetPackTest {
  @TempDir Path folder;
  private Path photos;
  private Path out;
  private Dataset dataset;

  @BeforeEach
  void prepare() throws IOException {
    photos = folder.resolve("photos");
    out = folder.resolve("handed/over");
    PhotoFolders.write(photos, "पानी पूरी", 0, 30);
    PhotoFolders.write(photos, "what?", 0, 12);
    dataset = prepared(photos, "dataset");
  }

  private Dataset prepared(Path photos, String name) throws IOException {
    DatasetPreparation.of(photos, folder.resolve(name))
        .withTargets(new SplitTargets(15, 3, 2))
        .run(Progress.NONE);
    return Dataset.open(folder.resolve(name));
  }

  @Test
  void write_aFolder_holdsEveryPhotoByteForByte() throws IOException {
    List<Integer> progress = new ArrayList<>();

    PackSummary summary = DatasetPack.of(dataset).write(out, (done, all) -> progress.add(done));

    assertThat(summary.counts()).isEqualTo(new PackSummary.Counts(2, 32, 6, 30, 5, 3));
    assertThat(summary.renamed()).containsExactly(Map.entry("what?", "what%3F"));
    assertThat(progress).hasSize(38).endsWith(38);
    assertThat(PhotoFolders.names(out))
        .containsExactly("labels.json", "manifest.csv", "pack.json", "test", "train", "validation");
    Labels labels = Labels.fromJson(Files.readString(out.resolve("labels.json")));
    assertThat(labels).extracting("name").containsExactly("what%3F", "पानी पूरी");
    assertThat(labels.get(0).displayName()).isEqualTo("What?");
    List<ManifestEntry> packed =
        ManifestCsv.entries(Files.readString(out.resolve("manifest.csv")), labels);
    assertThat(packed).hasSameSizeAs(dataset.entries());
    long bytes = 0;
    for (int i = 0; i < packed.size(); i++) {
      ManifestEntry entry = packed.get(i);
      byte[] photo = Files.readAllBytes(out.resolve(entry.path()));
      assertThat(Sha256.of(photo)).isEqualTo(entry.sha256());
      assertThat(entry.withPath(dataset.entries().get(i).path()))
          .isEqualTo(dataset.entries().get(i));
      bytes += photo.length;
    }
    assertThat(summary.bytes()).isEqualTo(bytes);
    assertThat(out.resolve("train/what%3F"))
        .isDirectoryContaining(file -> file.toString().matches(".*/[0-9a-f]{16}-1\\.png"));
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("over");
  }

  @Test
  void write_aZip_holdsTheSameFilesInTheSameBytes() throws IOException {
    DatasetPack.of(dataset).write(out, Progress.NONE);
    Path zip = folder.resolve("pack.ZIP");
    DatasetPack.of(dataset).write(zip, Progress.NONE);
    byte[] first = Files.readAllBytes(zip);

    DatasetPack.of(prepared(photos, "again")).write(zip, Progress.NONE); // over its own kind

    assertThat(Files.readAllBytes(zip)).isEqualTo(first);
    TreeMap<String, String> unpacked = new TreeMap<>();
    List<String> names = new ArrayList<>();
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        names.add(entry.getName());
        try (InputStream bytes = file.getInputStream(entry)) {
          unpacked.put(
              entry.getName(),
              new String(bytes.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
        }
      }
    }
    assertThat(names).isSorted();
    assertThat(unpacked).isEqualTo(PhotoFolders.contents(out));
  }

  @Test
  void parts_asPlainFolders_canBeEvaluatedOnAndPreparedAgain() throws IOException {
    DatasetPack.of(dataset).write(out, Progress.NONE);
    Labels labels = Labels.fromJson(Files.readString(out.resolve("labels.json")));

    Dataset evaluated = PhotoFolder.open(out.resolve("test"), labels);
    assertThat(evaluated.entries())
        .extracting(ManifestEntry::id)
        .containsExactlyInAnyOrderElementsOf(
            dataset.entries(Split.TEST).stream().map(ManifestEntry::id).toList());
    Dataset again = prepared(out.resolve("train"), "from-pack");
    assertThat(again.entries())
        .filteredOn(e -> !e.isCopy())
        .extracting(ManifestEntry::id)
        .containsExactlyInAnyOrderElementsOf(
            dataset.entries(Split.TRAIN).stream()
                .filter(e -> !e.isCopy())
                .map(ManifestEntry::id)
                .toList());
    assertThatThrownBy(() -> prepared(out, "wrong"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a pack")
        .hasMessageContaining(out.resolve("train").toString());
  }

  @Test
  void write_overThePackThatThePhotosComeFrom_isRefusedAndLosesNothing() throws IOException {
    DatasetPack.of(dataset).write(out, Progress.NONE);
    Path link = Files.createSymbolicLink(folder.resolve("link"), out);
    dataset = prepared(out.resolve("train"), "from-pack");
    Map<String, String> before = PhotoFolders.contents(out);

    refused(out, "holds the photos of the data set");
    refused(link, "holds the photos of the data set");

    assertThat(PhotoFolders.contents(out)).isEqualTo(before);
  }

  @Test
  void write_overThePackThatAClassFolderLeadsTo_isRefusedAndLosesNothing() throws IOException {
    DatasetPack.of(dataset).write(out, Progress.NONE);
    Path linked = Files.createDirectory(folder.resolve("linked"));
    for (String name : PhotoFolders.names(out.resolve("train"))) {
      Files.createSymbolicLink(linked.resolve(name), out.resolve("train").resolve(name));
    }
    dataset = prepared(linked, "from-links");
    Map<String, String> before = PhotoFolders.contents(out);

    refused(out, "holds the photos of the data set");

    assertThat(PhotoFolders.contents(out)).isEqualTo(before);
  }

  @Test
  void write_onePart_leavesTheOthersOut() throws IOException {
    PackSummary summary =
        new DatasetPack(dataset, EnumSet.of(Split.VALIDATION)).write(out, Progress.NONE);

    assertThat(summary.counts()).isEqualTo(new PackSummary.Counts(2, 5, 0, 0, 5, 0));
    assertThat(PhotoFolders.names(out))
        .containsExactly("labels.json", "manifest.csv", "pack.json", "validation");
    assertThatThrownBy(() -> new DatasetPack(dataset, EnumSet.noneOf(Split.class)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no photos in the parts to pack: []");
  }

  @Test
  void write_overAnOlderPack_replacesItAndKeepsForeignFiles() throws IOException {
    DatasetPack.of(dataset).write(out, Progress.NONE);
    PhotoFolders.write(out.resolve("train/what%3F/notes.txt"), new byte[3]);
    PhotoFolders.write(out.resolve("readme.txt"), new byte[3]);

    new DatasetPack(dataset, EnumSet.of(Split.TEST)).write(out, Progress.NONE);

    assertThat(PhotoFolders.contents(out).keySet())
        .filteredOn(path -> !path.startsWith("test/"))
        .containsExactly(
            "labels.json", "manifest.csv", "pack.json", "readme.txt", "train/what%3F/notes.txt");
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("over");
  }

  @Test
  void write_whereSomethingElseLies_isRefusedAndTouchesNothing() throws IOException {
    PhotoFolders.write(out.resolve("thesis.txt"), new byte[3]);
    Path zip = PhotoFolders.write(folder.resolve("thesis.zip"), new byte[3]);
    Path otherZip = folder.resolve("other.zip");
    try (var stream = new java.util.zip.ZipOutputStream(Files.newOutputStream(otherZip))) {
      stream.putNextEntry(new ZipEntry("thesis.txt"));
    }
    Map<String, String> before = PhotoFolders.contents(folder);

    for (Path place : List.of(out, zip, otherZip, dataset.directory())) {
      refused(place, "nothing was changed");
    }
    refused(photos.resolve("pack"), "lies inside the photo folder");
    refused(photos.resolve("chai.zip"), "lies inside the photo folder");
    Path link = Files.createSymbolicLink(folder.resolve("link"), photos);
    refused(link.resolve("pack"), "lies inside the photo folder");
    Files.delete(link);

    assertThat(PhotoFolders.contents(folder)).isEqualTo(before);
  }

  private void refused(Path place, String message) {
    assertThatThrownBy(() -> DatasetPack.of(dataset).write(place, Progress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void write_photosGoneOrChanged_listsThemAndLeavesTheOlderPack() throws IOException {
    DatasetPack.of(dataset).write(out, Progress.NONE);
    Map<String, String> before = PhotoFolders.contents(out);
    Path gone = dataset.photo(dataset.entries(Split.TEST).get(0));
    Path changed = dataset.photo(dataset.entries(Split.VALIDATION).get(0));
    Files.delete(gone);
    Files.write(changed, new byte[3]);

    for (Path place : List.of(out, folder.resolve("pack.zip"))) {
      assertThatThrownBy(() -> DatasetPack.of(dataset).write(place, Progress.NONE))
          .isInstanceOf(DatasetException.class)
          .hasMessageContaining("2 photos are not what they were")
          .hasMessageContaining(gone + " is gone")
          .hasMessageContaining(changed + " has changed");
    }

    assertThat(PhotoFolders.contents(out)).isEqualTo(before);
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("over");
    assertThat(folder.resolve("pack.zip")).doesNotExist();
  }
}
