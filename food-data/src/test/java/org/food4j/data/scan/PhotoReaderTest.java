package org.food4j.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.food4j.data.file.FileStamp;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.photo.NativePhotoDecoder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader that is not threads: files in memory, whose findings travel as bytes. */
class PhotoReaderTest {
  private static final String ROOT = "memory://photos";

  @TempDir Path folder;
  private final Map<String, byte[]> contents = new HashMap<>();
  private final Map<String, FileStamp> stamps = new HashMap<>();
  private final List<String> read = new ArrayList<>();
  private Path root;
  private Path file;

  @BeforeEach
  void makePhotos() throws IOException {
    root = folder.resolve("photos");
    file = folder.resolve(".set.scan");
    PhotoFolders.write(root, "pizza", 0, 4);
    PhotoFolders.write(root, "chai", 0, 4);
    PhotoFolders.write(root.resolve("chai/text.jpg"), new byte[] {'h', 'i', '!', '!'});
    for (PhotoFile one : PhotoListing.of(root).files()) {
      put(one.path(), Files.readAllBytes(root.resolve(one.path())));
    }
  }

  private void put(String path, byte[] bytes) {
    contents.put(path, bytes);
    stamps.put(path, new FileStamp(bytes.length, 1_700_000_000_001_000_000L, 0, 0));
  }

  private byte[] bytes(String path) throws IOException {
    read.add(path);
    byte[] bytes = contents.get(path);
    if (bytes == null) {
      throw new NoSuchFileException(path);
    }
    return bytes;
  }

  private PhotoReader reader() {
    PhotoExamination examination = new PhotoExamination(new NativePhotoDecoder(), this::bytes);
    return (files, progress, found) -> {
      for (PhotoFile one : files) {
        found.accept(sent(examination.examine(sent(one))));
      }
      progress.update(files.size(), files.size());
    };
  }

  private PhotoScan scan(List<Integer> reported) throws IOException {
    read.clear();
    ScanRecord record = ScanRecord.open(file, ROOT, "settings");
    PhotoListing listing = PhotoListing.ofNames(ROOT, List.of("chai", "pizza"), stamps);
    PhotoScan scan =
        PhotoScan.of(ROOT, listing, reader(), record, (done, total) -> reported.add(done));
    assertThat(record.read()).isEqualTo(read.size());
    assertThat(record.read() + record.known()).isEqualTo(stamps.size());
    record.save();
    return scan;
  }

  /** The same as another machine sees it. */
  @SuppressWarnings("unchecked")
  private static <T> T sent(T value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IOException(e);
    }
  }

  @Test
  void of_anotherReader_findsWhatThreadsDo() throws IOException {
    PhotoScan found = scan(new ArrayList<>());
    PhotoScan threads = PhotoScan.of(root, new NativePhotoDecoder(), 2, Progress.NONE);

    assertThat(found.root()).isEqualTo(ROOT);
    assertThat(found.classes()).isEqualTo(threads.classes());
    assertThat(found.photos()).isEqualTo(threads.photos()).hasSize(8);
    assertThat(found.rejected()).isEqualTo(threads.rejected()).hasSize(1);
  }

  @Test
  void of_record_asksTheReaderForWhatChangedAlone_andKeepsTheOrder() throws IOException {
    PhotoScan first = scan(new ArrayList<>());
    assertThat(read).hasSize(9).isSorted();
    List<Integer> reported = new ArrayList<>();
    assertThat(scan(reported)).isEqualTo(first);
    assertThat(read).isEmpty();
    assertThat(reported).first().isEqualTo(9);

    put("pizza/photo-001.png", PhotoFolders.png("pizza", 70));
    stamps.put("pizza/photo-001.png", new FileStamp(5, 1_700_000_000_002_000_000L, 0, 0));
    put("chai/added.png", PhotoFolders.png("chai", 71));
    reported.clear();
    PhotoScan changed = scan(reported);

    assertThat(read).containsExactly("chai/added.png", "pizza/photo-001.png");
    assertThat(reported).containsExactly(8, 10);
    assertThat(changed.photos()).extracting(ScannedPhoto::path).isSorted().hasSize(9);
  }

  @Test
  void of_fileThatCannotBeRead_isTriedAgain_andOneThatIsTooLargeIsNot() throws IOException {
    contents.remove("chai/photo-002.png");
    stamps.put("chai/huge.jpg", new FileStamp(PhotoScan.MAX_FILE_BYTES + 1, 1, 0, 0));
    read.clear();
    ScanRecord record = ScanRecord.open(file, ROOT, "settings");
    PhotoListing listing = PhotoListing.ofNames(ROOT, List.of("chai", "pizza"), stamps);
    PhotoScan found = PhotoScan.of(ROOT, listing, reader(), record, Progress.NONE);
    record.save();

    assertThat(found.rejected())
        .contains(
            new Rejection("chai/photo-002.png", "cannot be read: NoSuchFileException"),
            new Rejection("chai/huge.jpg", "a file of 512 MiB is above the limit of 512 MiB"));
    assertThat(read).doesNotContain("chai/huge.jpg");
    ScanRecord again = ScanRecord.open(file, ROOT, "settings");
    PhotoScan.of(ROOT, listing, reader(), again, Progress.NONE);
    assertThat(again.read()).isEqualTo(1);
  }

  @Test
  void of_readerThatLeavesFilesOut_isAnError() {
    PhotoReader lazy = (files, progress, found) -> {};
    PhotoListing listing = PhotoListing.ofNames(ROOT, List.of("chai", "pizza"), stamps);

    assertThatThrownBy(() -> PhotoScan.of(ROOT, listing, lazy, ScanRecord.none(), Progress.NONE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("chai/photo-000.png");
  }
}
