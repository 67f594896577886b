package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.photo.YccPixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedPhotosTest {
  private static final String FINGERPRINT = "5".repeat(64);
  private static final List<String> PATHS = List.of("pizza/a.jpg", "pizza/ü.png", "tea/c.jpg");

  @TempDir Path folder;

  private Path pack() throws IOException {
    Path file = folder.resolve("cache/photos.pack");
    PhotoPacker.write(file, FINGERPRINT, PATHS, PackedPhotosTest::photo, 2);
    return file;
  }

  private static ScaledPhoto photo(String path) {
    Random random = new Random(path.hashCode());
    byte[] luma = new byte[7 * 5];
    byte[] blue = new byte[4 * 3];
    byte[] red = new byte[4 * 3];
    byte[] rgb = new byte[3 * 35];
    random.nextBytes(luma);
    random.nextBytes(blue);
    random.nextBytes(red);
    random.nextBytes(rgb);
    return ScaledPhoto.full(
        path.endsWith(".png") ? new Photo(7, 5, rgb) : new YccPixels(7, 5, 2, 2, luma, blue, red));
  }

  @Test
  void get_packedPhoto_isThePhoto() throws IOException {
    try (PackedPhotos photos = PackedPhotos.open(pack(), FINGERPRINT, PATHS).orElseThrow()) {
      for (String path : PATHS) {
        ScaledPhoto packed = photos.get(path);

        assertThat(packed.pixels()).hasSameClassAs(photo(path).pixels());
        assertThat(packed.photo().rgb()).isEqualTo(photo(path).photo().rgb());
      }
      assertThatThrownBy(() -> photos.get("other.jpg"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void open_otherPhotosOrNone_isEmpty() throws IOException {
    Path file = pack();

    assertThat(PackedPhotos.open(file, "6".repeat(64), PATHS)).isEmpty();
    assertThat(PackedPhotos.open(file, FINGERPRINT, PATHS.subList(0, 2))).isEmpty();
    assertThat(PackedPhotos.open(folder.resolve("none"), FINGERPRINT, PATHS)).isEmpty();
    Files.write(file, new byte[3]);
    assertThat(PackedPhotos.open(file, FINGERPRINT, PATHS)).isEmpty();
  }

  @Test
  void open_truncatedFile_isEmpty() throws IOException {
    Path file = pack();
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 1));

    assertThat(PackedPhotos.open(file, FINGERPRINT, PATHS)).isEmpty();
  }

  @Test
  void get_changedByte_isNoticed() throws IOException {
    Path file = pack();
    byte[] bytes = Files.readAllBytes(file);
    bytes[PackedPhotos.HEADER_BYTES + 3] ^= 1;
    Files.write(file, bytes);

    try (PackedPhotos photos = PackedPhotos.open(file, FINGERPRINT, PATHS).orElseThrow()) {
      assertThatThrownBy(() -> photos.get(PATHS.get(0)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(PATHS.get(0))
          .hasMessageContaining(file.toString());
      assertThat(photos.get(PATHS.get(1)).photo().rgb())
          .isEqualTo(photo(PATHS.get(1)).photo().rgb());
    }
  }

  @Test
  void write_photoThatFails_leavesNothing() {
    Path file = folder.resolve("photos.pack");

    assertThatThrownBy(
            () ->
                PhotoPacker.write(
                    file,
                    FINGERPRINT,
                    PATHS,
                    path -> {
                      if (path.startsWith("tea")) {
                        throw new IOException("gone");
                      }
                      return photo(path);
                    },
                    2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tea/c.jpg")
        .hasMessageContaining("gone");
    assertThat(folder).isEmptyDirectory();
  }
}
