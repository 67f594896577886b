package org.food4j.data.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanRecordTest {
  @TempDir Path folder;
  private final CountingDecoder decoder = new CountingDecoder();
  private Path root;
  private Path file;

  /** Remembers what it was given. */
  private static final class CountingDecoder implements PhotoDecoder {
    private final PhotoDecoder decoder = new NativePhotoDecoder();
    private final Set<String> decoded = new ConcurrentSkipListSet<>();

    @Override
    public Photo decode(byte[] encoded) throws PhotoException {
      throw new AssertionError("A scan needs no photo in full");
    }

    @Override
    public ScaledPhoto decode(byte[] encoded, int shorterSide) throws PhotoException {
      assertThat(decoded.add(Sha256.of(encoded))).as("read once").isTrue();
      return decoder.decode(encoded, shorterSide);
    }
  }

  @BeforeEach
  void makePhotos() {
    root = folder.resolve("photos");
    file = folder.resolve(".set.scan");
    PhotoFolders.write(root, "pizza", 0, 5);
    PhotoFolders.write(root, "chai", 0, 5);
    PhotoFolders.write(root.resolve("chai/text.jpg"), new byte[] {'h', 'i', '!', '!'});
  }

  @Test
  void of_unchangedFolder_readsNothingAndFindsTheSame() throws IOException {
    PhotoScan first = scan(11);

    assertThat(scan(0)).isEqualTo(first);
    assertThat(PhotoScan.of(root, new NativePhotoDecoder(), 1, Progress.NONE)).isEqualTo(first);
  }

  @Test
  void of_changedFolder_readsWhatChanged() throws IOException {
    scan(11);
    PhotoFolders.write(root.resolve("pizza/new.png"), PhotoFolders.png("pizza", 100));
    PhotoFolders.write(root.resolve("pizza/photo-000.png"), PhotoFolders.png("pizza", 101));
    Files.delete(root.resolve("chai/photo-001.png"));
    Path touched = root.resolve("chai/photo-002.png");
    Files.setLastModifiedTime(touched, FileTime.from(Instant.EPOCH));

    PhotoScan changed = scan(3);

    assertThat(PhotoScan.of(root, new NativePhotoDecoder(), 2, Progress.NONE)).isEqualTo(changed);
    assertThat(changed.photos()).hasSize(10);
    assertThat(scan(0)).isEqualTo(changed);
  }

  @Test
  void of_recordThatCannotBeUsed_readsEverything() throws IOException {
    PhotoScan first = scan(11);
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at += 1 + good.length / 40) {
      byte[] broken = good.clone();
      broken[at] ^= 1;
      Files.delete(file);
      Files.write(file, broken);
      assertThat(scan(11)).isEqualTo(first);
    }
    for (int length : new int[] {0, 1, 20, good.length / 2, good.length - 1}) {
      Files.delete(file);
      Files.write(file, java.util.Arrays.copyOf(good, length));
      assertThat(scan(11)).isEqualTo(first);
    }
    assertThat(scan(0)).isEqualTo(first);
  }

  @Test
  void of_interrupted_waitsForItsWorkers() {
    Thread reader = Thread.currentThread();
    AtomicInteger reading = new AtomicInteger();
    PhotoDecoder slow =
        encoded -> {
          reading.incrementAndGet();
          reader.interrupt();
          long end = System.nanoTime() + 300_000_000L;
          while (System.nanoTime() < end) {
            Thread.onSpinWait();
          }
          reading.decrementAndGet();
          throw new PhotoException("slow");
        };

    assertThatThrownBy(() -> PhotoScan.of(root, slow, 2, Progress.NONE))
        .isInstanceOf(InterruptedIOException.class);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(reading).hasValue(0);
  }

  @Test
  void open_otherSettingsOrFolder_knowsNothing() throws IOException {
    scan(11);
    ScanRecord other = ScanRecord.open(file, root.toString(), "other");
    PhotoScan.of(root, decoder(), 2, other, Progress.NONE);
    assertThat(other.read()).isEqualTo(11);
    Path moved = Files.move(root, folder.resolve("moved"));
    ScanRecord elsewhere = ScanRecord.open(file, moved.toString(), "settings");
    PhotoScan.of(moved, decoder(), 2, elsewhere, Progress.NONE);
    assertThat(elsewhere.read()).isEqualTo(11);
  }

  @Test
  void of_fileFromTheFuture_isReadEveryTime() throws IOException {
    Path late = root.resolve("chai/photo-002.png");
    Files.setLastModifiedTime(late, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    scan(11);

    // Where there is a change time, which nobody can set, the other is of no matter.
    boolean certain = org.food4j.data.file.FileStamp.of(late).changedNanos() != 0;
    scan(certain ? 0 : 1);
  }

  private CountingDecoder decoder() {
    decoder.decoded.clear();
    return decoder;
  }

  private PhotoScan scan(int expectedReads) throws IOException {
    ScanRecord record = ScanRecord.open(file, root.toString(), "settings");
    PhotoScan scan = PhotoScan.of(root, decoder(), 2, record, Progress.NONE);
    record.save();
    assertThat(decoder.decoded).hasSize(expectedReads);
    assertThat(record.read()).isEqualTo(expectedReads);
    return scan;
  }
}
