package org.food4j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.SplitTargets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder of 200,000 photos, prepared in a small heap. */
class LargeFolderTest {
  private static final int CLASSES = 20;
  private static final int PHOTOS = 10_000;
  private static final int SIDE = 16;

  /** Prepares all the photos, twice, and prints what it took. */
  static final class Prepare {
    private Prepare() {}

    public static void main(String[] arguments) throws IOException {
      DatasetPreparation preparation =
          DatasetPreparation.of(Path.of(arguments[0]), Path.of(arguments[1]))
              .withTargets(SplitTargets.perClass(Integer.parseInt(arguments[2])));
      for (int turn = 0; turn < 2; turn++) {
        long start = System.nanoTime();
        PreparationSummary summary = preparation.run(Progress.NONE);
        System.out.printf(
            Locale.ROOT,
            "kept %d, read %d, %.1f s, %s%n",
            summary.kept(),
            summary.read(),
            (System.nanoTime() - start) / 1e9,
            residentPeak());
      }
    }

    /** What Linux says the process took at most, native memory included. */
    private static String residentPeak() throws IOException {
      Path status = Path.of("/proc/self/status");
      return Files.exists(status)
          ? Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("VmHWM"))
              .findFirst()
              .orElse("")
          : "";
    }
  }

  @Test
  @Tag("slow")
  void run_200000Files_fitsHalfAGigabyteAndReadsThemOnce(@TempDir Path folder) throws Exception {
    Path photos = folder.resolve("photos");
    Random random = new Random(11);
    for (int label = 0; label < CLASSES; label++) {
      Path classFolder = Files.createDirectories(photos.resolve("class-" + label));
      for (int i = 0; i < PHOTOS; i++) {
        Files.write(classFolder.resolve("a photo of dish number " + i + ".png"), png(random));
      }
    }

    // Nearly every photo kept, then most left out: each fills other lists.
    for (int perClass : new int[] {PHOTOS - 10, 200}) {
      Process process =
          ForkedJava.start(
              Prepare.class,
              List.of("-Xmx512m"),
              photos,
              folder.resolve("set" + perClass),
              perClass);
      try (BufferedReader printed =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        List<String> lines = printed.lines().toList();
        lines.forEach(System.out::println);
        assertThat(process.waitFor()).isZero();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("read 200000,");
        assertThat(lines.get(1)).contains("read 0,");
      }
    }
  }

  /** A photo of 16 x 16 pixels in 4 x 4 patches: small, and unlike the others. */
  private static byte[] png(Random random) {
    byte[] patches = new byte[16];
    random.nextBytes(patches);
    byte[] rows = new byte[SIDE * (1 + SIDE)];
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        rows[y * (1 + SIDE) + 1 + x] = patches[y / 4 * 4 + x / 4];
      }
    }
    Deflater deflater = new Deflater(1);
    deflater.setInput(rows);
    deflater.finish();
    byte[] data = new byte[1000];
    int length = deflater.deflate(data);
    deflater.end();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    byte[] header = ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE).put((byte) 8).array();
    chunk(png, "IHDR", header, header.length);
    chunk(png, "IDAT", data, length);
    chunk(png, "IEND", data, 0);
    return png.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data, int length) {
    ByteBuffer chunk = ByteBuffer.allocate(12 + length);
    chunk.putInt(length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data, 0, length);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, 4 + length);
    png.writeBytes(chunk.putInt((int) crc.getValue()).array());
  }
}
