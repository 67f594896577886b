package org.food4j.data.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetDirectoryTest {
  private static final Labels LABELS = Labels.of(List.of("chai", "crème, \"brûlée\""));

  @TempDir Path folder;
  private Path out;
  private Path photos;

  @BeforeEach
  void makePhotoRoot() throws IOException {
    photos = Files.createDirectories(folder.resolve("photos"));
    out = folder.resolve("sets/mine");
  }

  @Test
  void open_whatWasWritten_givesItBack() throws IOException {
    Dataset written = DatasetWriter.write(out, content(42));

    Dataset read = Dataset.open(out);

    assertThat(read).isEqualTo(written);
    assertThat(read.entries()).isEqualTo(content(42).entries());
    assertThat(read.photoRoot()).isEqualTo(photos);
    assertThat(PhotoFolders.names(out))
        .containsExactly(
            "dataset.json", "labels.json", "manifest.csv", "near_duplicates.csv", "rejected.csv");
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("mine");
    assertThat(out.resolve("rejected.csv"))
        .hasContent(
            "path,reason\nchai/x.jpg,empty file\nchai/y.jpg,under-sampled\n\"z, \"\"y\"\".txt\",lies outside\n");
    assertThat(out.resolve("manifest.csv"))
        .content()
        .startsWith(
            "id,path,label,split,width,height,sha256,perceptual_hash,source\n"
                + "aaaaaaaaaaaaaaaa,chai/a.jpg,chai,train,4,3,aaaa")
        .doesNotContain("\r");
    assertThat(out.resolve("dataset.json"))
        .content()
        .contains("\"seed\" : 42")
        .doesNotContain("\r");
  }

  @Test
  void write_counts_sayWhatWasDoneInAllAndPerClass() throws IOException {
    DatasetWriter.write(out, content(42));

    JsonNode document = new JsonMapper().readTree(out.resolve("dataset.json").toFile());
    assertThat(document.get("counts").toString())
        .isEqualTo(
            "{\"found\":5,\"rejected\":3,\"under_sampled\":1,\"kept\":2,\"copies\":1,"
                + "\"train\":2,\"validation\":0,\"test\":1}");
    assertThat(document.get("classes").get(0).toString())
        .isEqualTo(
            "{\"name\":\"chai\",\"found\":3,\"rejected\":2,\"under_sampled\":1,\"kept\":1,"
                + "\"copies\":1,\"train\":2,\"validation\":0,\"test\":0}");
    assertThat(Dataset.open(out).classCounts(Split.TRAIN)).containsExactly(2, 0);
  }

  @Test
  void write_overASetOfAnOlderVersion_replacesIt() throws IOException {
    DatasetWriter.write(out, content(1));
    Path record = out.resolve("dataset.json");
    Files.writeString(record, "{\"format\": \"food4j-dataset\", \"version\": 1}");
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("format version 1 is an older one's")
        .hasMessageContaining("prepare the data set again");

    DatasetWriter.write(out, content(2));

    assertThat(Dataset.open(out).entries()).hasSize(3);
  }

  @Test
  void write_overAnOlderSet_replacesItAndKeepsForeignFiles() throws IOException {
    Dataset old = DatasetWriter.write(out, content(1));
    Files.writeString(out.resolve("notes.txt"), "mine");

    DatasetWriter.write(out, content(2));

    assertThat(Dataset.open(out).fingerprint()).isEqualTo(old.fingerprint());
    assertThat(out.resolve("dataset.json")).content().contains("\"seed\" : 2");
    assertThat(out.resolve("notes.txt")).hasContent("mine");
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("mine");
  }

  @Test
  void write_failsHalfWay_leavesNothingBehind() throws IOException {
    DatasetWriter.write(out, content(1));
    DatasetContent good = content(2);
    DatasetContent bad =
        new DatasetContent(
            good.photoRoot(),
            good.labels(),
            good.entries(),
            good.rejected(),
            good.underSampled(),
            good.lookAlikes(),
            Map.of("no JSON form", new Object()),
            2);

    assertThatThrownBy(() -> DatasetWriter.write(out, bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no JSON form");

    assertThat(PhotoFolders.names(out.getParent())).containsExactly("mine");
    assertThat(out.resolve("dataset.json")).content().contains("\"seed\" : 1");
  }

  @Test
  void write_intoAnEmptyFolder_fillsIt() throws IOException {
    Files.createDirectories(out);

    DatasetWriter.write(out, content(1));

    assertThat(Dataset.open(out).entries()).hasSize(3);
  }

  @Test
  void write_whereSomethingElseLies_isRefusedAndTouchesNothing() throws IOException {
    PhotoFolders.write(out.resolve("thesis.txt"), new byte[3]);
    refused("it has no dataset.json");
    PhotoFolders.write(out.resolve("dataset.json"), "{\"name\": \"mine\"}".getBytes());
    refused("not a Food4J data set");
    assertThat(PhotoFolders.names(out)).containsExactly("dataset.json", "thesis.txt");
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("mine");

    Path file = PhotoFolders.write(folder.resolve("file"), new byte[3]);
    assertThatThrownBy(() -> DatasetWriter.write(file, content(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a file");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> DatasetWriter.write(out, content(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why)
        .hasMessageContaining("nothing was changed");
  }

  @Test
  void open_killedBetweenTheTwoMoves_givesTheOldSet() throws IOException {
    DatasetWriter.write(out, content(1));
    Files.move(out, out.resolveSibling(".mine.replaced"));
    PhotoFolders.write(out.resolveSibling(".mine.preparing").resolve("labels.json"), new byte[3]);

    assertThat(Dataset.open(out).entries()).hasSize(3);
    DatasetWriter.write(out, content(2));
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("mine");
  }

  @Test
  void isOne_killedBetweenTheTwoMoves_isTrueAndTheOldSet() throws IOException {
    Dataset old = DatasetWriter.write(out, content(1));
    Files.move(out, out.resolveSibling(".mine.replaced"));

    assertThat(Dataset.isOne(out)).isTrue();

    assertThat(Dataset.open(out)).isEqualTo(old);
  }

  @Test
  void isOne_noDataSet_isFalse() throws IOException {
    assertThat(Dataset.isOne(photos)).isFalse();
    assertThat(Dataset.isOne(out)).isFalse();
    assertThat(Dataset.isOne(folder.toAbsolutePath().getRoot())).isFalse();
  }

  @Test
  void open_killedBeforeTheOldSetWasDeleted_givesTheNewSet() throws IOException {
    DatasetWriter.write(out, content(1));
    Files.delete(out.resolve("labels.json"));
    Files.writeString(out.resolve("notes.txt"), "mine");
    Files.move(out, out.resolveSibling(".mine.replaced"));
    DatasetWriter.write(folder.resolve("new"), content(2));
    Files.move(folder.resolve("new"), out);

    Dataset.open(out);

    assertThat(out.resolve("dataset.json")).content().contains("\"seed\" : 2");
    assertThat(out.resolve("notes.txt")).hasContent("mine");
    assertThat(PhotoFolders.names(out.getParent())).containsExactly("mine");
  }

  @Test
  void lookAlikes_areReadAsWritten() throws IOException {
    Dataset dataset = DatasetWriter.write(out, content(42));

    assertThat(dataset.lookAlikes())
        .containsExactly(new LookAlike("chai/a.jpg", "chai/<1>.jpg", 0.9713, true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.csv", "labels.json", "rejected.csv", "near_duplicates.csv"})
  void open_fileMissingOrChanged_isRefused(String name) throws IOException {
    DatasetWriter.write(out, content(1));
    Files.writeString(out.resolve(name), Files.readString(out.resolve(name)) + " ");
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOfSatisfying(
            DatasetException.class, e -> assertThat(e.path()).isEqualTo(out.resolve(name)))
        .hasMessageContaining("changed since dataset.json was written");

    Files.delete(out.resolve(name));
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void open_noDataset_saysWhatIsWrong() throws IOException {
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("there is no such folder");
    Files.createDirectories(out);
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("not a dataset directory: it has no dataset.json");
    for (String text : List.of("", "[]", "{", "{\"format\":\"food4j-dataset\",\"version\":2}")) {
      Files.writeString(out.resolve("dataset.json"), text);
      assertThatThrownBy(() -> Dataset.open(out)).isInstanceOf(DatasetException.class);
    }
  }

  @Test
  void open_unknownVersionOrMovedPhotos_isRefused() throws IOException {
    DatasetWriter.write(out, content(1));
    Path record = out.resolve("dataset.json");
    String json = Files.readString(record);
    Files.writeString(record, json.replace("\"version\" : 2", "\"version\" : 7"));
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("format version 7 is unknown");

    Files.writeString(record, json);
    Files.delete(photos);
    assertThatThrownBy(() -> Dataset.open(out))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("the photo folder " + photos + " is gone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b,chai/b.jpg,unknown,test,4,3,s,h,",
        "b,chai/b.jpg,chai,tests,4,3,s,h,",
        "b,chai/b.jpg,chai,test,four,3,s,h,",
        "b,chai/b.jpg,chai,test,4,0,s,h,",
        "b,chai/b.jpg,chai,test,4,3,s,h",
        "aaaaaaaaaaaaaaaa,chai/b.jpg,chai,test,4,3,s,h,",
      })
  void entries_badLineAfterAPathOfTwoLines_isNamed(String line) {
    String text = ManifestCsv.manifest(content(1).entries(), LABELS) + line + "\n";

    assertThatThrownBy(() -> ManifestCsv.entries(text, LABELS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 6: ");
  }

  private DatasetContent content(long seed) {
    ManifestEntry tea = entry("a", "chai/a.jpg", 0, Split.TRAIN, "");
    return new DatasetContent(
        photos,
        LABELS,
        List.of(
            tea,
            entry("a", "chai/a.jpg", 0, Split.TRAIN, tea.id()),
            entry("b", "crème, \"brûlée\"/new\nline.jpg", 1, Split.TEST, "")),
        List.of(
            new Rejection("z, \"y\".txt", "lies outside"),
            new Rejection("chai/x.jpg", "empty file")),
        List.of(new Rejection("chai/y.jpg", "under-sampled")),
        List.of(new LookAlike("chai/a.jpg", "chai/<1>.jpg", 0.97125, true)),
        Map.of("per_class", 2),
        seed);
  }

  private static ManifestEntry entry(
      String digit, String path, int label, Split split, String source) {
    String sha256 = digit.repeat(64);
    String id = sha256.substring(0, 16) + (source.isEmpty() ? "" : "-1");
    return new ManifestEntry(id, path, label, split, 4, 3, sha256, digit.repeat(16), source);
  }
}
