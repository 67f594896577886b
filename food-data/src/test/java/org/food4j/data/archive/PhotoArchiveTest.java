package org.food4j.data.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.food4j.data.archive.ZipBytes.Member;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.FileStamp;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoArchiveTest {
  private static final byte[] PHOTO = PhotoFolders.png("pizza", 1);

  /** Small enough that a test reaches them. */
  private static final UnpackLimits SMALL =
      new UnpackLimits(50, 20, 300_000, 10, 100_000, 10, 20_000);

  @TempDir Path folder;
  private Path archive;
  private DirectoryPlace dataset;

  @BeforeEach
  void name() {
    archive = folder.resolve("photos.zip");
    dataset = new DirectoryPlace(folder.resolve("set"));
  }

  @Test
  void unpack_ordinaryArchive_givesItsFilesAndNothingOfTheSystems() throws IOException {
    write(
        new ZipBytes()
            .add(new Member(bytes("pizza/"), new byte[0]).method(0))
            .file("pizza/a.png", PHOTO)
            .add(new Member(bytes("chai\\deep\\b.png"), PHOTO).method(0))
            .file("./chai//c.png", PHOTO)
            .add(new Member(bytes("empty/"), new byte[0]).method(0))
            .file("__MACOSX/pizza/._a.png", PHOTO)
            .file("pizza/.DS_Store", PHOTO)
            .file("pizza/Thumbs.db", PHOTO));

    UnpackedPhotos unpacked = unpack();

    assertThat(unpacked.refused()).isEmpty();
    assertThat(unpacked.folder().getFileName().toString()).matches("set-photos-[0-9a-f]{8}");
    assertThat(PhotoFolders.contents(unpacked.folder()).keySet())
        .containsExactly(".unpacked.csv", "chai/c.png", "chai/deep/b.png", "pizza/a.png");
    assertThat(unpacked.folder().resolve("empty")).isEmptyDirectory();
    assertThat(unpacked.folder().resolve("pizza/a.png")).hasBinaryContent(PHOTO);
    assertThat(PhotoFolders.names(folder))
        .containsExactly("photos.zip", unpacked.folder().getFileName().toString());
  }

  @Test
  void unpack_hostilePaths_areRefusedAndNothingIsWrittenOutside() throws IOException {
    Path outside = folder.resolve("in/side");
    dataset = new DirectoryPlace(outside.resolve("set"));
    write(
        new ZipBytes()
            .file("../up.png", PHOTO)
            .file("pizza/../../up.png", PHOTO)
            .file("..\\..\\windows.png", PHOTO)
            .file("pizza/..", PHOTO)
            .file("/tmp/food4j-absolute.png", PHOTO)
            .file("\\\\server\\share.png", PHOTO)
            .file("C:\\drive.png", PHOTO)
            .file("c:drive.png", PHOTO)
            .file("pizza/new\nline.png", PHOTO)
            .file("pizza/nul\0.png", PHOTO)
            .file("", PHOTO)
            .file("pizza/" + "x".repeat(300), PHOTO)
            .file("a/".repeat(40) + "x.png", PHOTO)
            .file("pizza/good.png", PHOTO));

    UnpackedPhotos unpacked = unpack();

    assertThat(unpacked.refused())
        .extracting(Rejection::reason)
        .containsExactly(
            "not unpacked: a path that leads out of the folder",
            "not unpacked: a path that leads out of the folder",
            "not unpacked: a path that leads out of the folder",
            "not unpacked: a path that leads out of the folder",
            "not unpacked: an absolute path",
            "not unpacked: an absolute path",
            "not unpacked: a path with a drive letter",
            "not unpacked: a path with a drive letter",
            "not unpacked: a control character in its name",
            "not unpacked: a control character in its name",
            "not unpacked: no name",
            "not unpacked: a name that is too long for file systems",
            "not unpacked: a name that is too long for file systems");
    assertThat(unpacked.refused().get(2).path()).isEqualTo("../../windows.png");
    assertThat(PhotoFolders.contents(folder).keySet())
        .containsExactlyInAnyOrder(
            "photos.zip",
            "in/side/" + unpacked.folder().getFileName() + "/.unpacked.csv",
            "in/side/" + unpacked.folder().getFileName() + "/pizza/good.png");
    assertThat(Path.of("/tmp/food4j-absolute.png")).doesNotExist();
  }

  @Test
  void unpack_membersThatAreNoPlainFiles_areRefused() throws IOException {
    write(
        new ZipBytes()
            .file("pizza/a.png", PHOTO)
            .add(new Member(bytes("chai"), bytes("pizza")).unixMode(0xa1ff))
            .add(new Member(bytes("pizza/pipe"), new byte[0]).unixMode(0x11ff))
            .add(new Member(bytes("pizza/secret.png"), PHOTO).flags(1))
            .add(new Member(bytes("pizza/64.png"), PHOTO).method(9))
            .add(new Member(bytes("pizza/wrong.png"), PHOTO).wrongCrc())
            .add(new Member(bytes("pizza/inner.png"), new ZipBytes().file("x", PHOTO).bytes()))
            .file("pizza/a.png", PHOTO)
            .file("pizza/A.png", PHOTO)
            .file("PIZZA/b.png", PHOTO)
            .file("pizza", PHOTO)
            .file("pizza/a.png/b.png", PHOTO)
            .add(new Member(bytes("pizza/a.png/"), new byte[0]).method(0))
            .file("cr\u00e8me/a.png", PHOTO)
            .file("cre\u0300me/b.png", PHOTO));

    assertThat(unpack().refused())
        .containsExactly(
            refusal("chai", "a link"),
            refusal("pizza/pipe", "not a regular file"),
            refusal("pizza/secret.png", "encrypted"),
            refusal(
                "pizza/64.png",
                "compressed by method 9, and only 0 (stored) and 8 (Deflate) are read"),
            refusal("pizza/wrong.png", "damaged: its checksum is wrong"),
            refusal("pizza/inner.png", "an archive inside the archive"),
            refusal("pizza/a.png", "a second file of this name"),
            refusal(
                "pizza/A.png",
                "it differs from pizza/a.png in upper and lower case or Unicode form alone"),
            refusal(
                "PIZZA/b.png",
                "it differs from pizza in upper and lower case or Unicode form alone"),
            refusal("pizza", "a file and a folder of the same name"),
            refusal("pizza/a.png/b.png", "pizza/a.png is a file, no folder"),
            refusal("pizza/a.png/", "a file and a folder of the same name"),
            refusal(
                "cre\u0300me/b.png",
                "it differs from cr\u00e8me in upper and lower case or Unicode form alone"));
  }

  @Test
  void unpack_namesInAnyCharacterSet_areReadAsTheirMakerMeant() throws IOException {
    byte[] cp437 = "crème/brûlée.png".getBytes(Charset.forName("IBM437"));
    byte[] garbled = bytes("????/1.png");
    write(
        new ZipBytes()
            .file("पानी पूरी/寿司🍕.png", PHOTO)
            .add(new Member(bytes("寿司/no flag.png"), PHOTO))
            .add(new Member(cp437, PHOTO))
            .add(new Member(garbled, PHOTO).extra(unicodePath(garbled, "餃子/1.png", 0)))
            .add(new Member(garbled, PHOTO).extra(unicodePath(garbled, "wrong/1.png", 1))));

    UnpackedPhotos unpacked = unpack();

    assertThat(unpacked.refused()).isEmpty();
    assertThat(PhotoFolders.contents(unpacked.folder()).keySet())
        .containsExactlyInAnyOrder(
            ".unpacked.csv",
            "पानी पूरी/寿司🍕.png",
            "寿司/no flag.png",
            "crème/brûlée.png",
            "餃子/1.png",
            "????/1.png");
  }

  @Test
  void unpack_bombs_areStoppedByWhatComesOutNotByWhatTheyClaim() throws IOException {
    byte[] zeros = new byte[50_000];
    byte[] noise = new byte[110_000];
    new Random(1).nextBytes(noise);
    write(
        new ZipBytes()
            .file("pizza/a.png", PHOTO)
            .add(new Member(bytes("pizza/zeros.bmp"), zeros).claimedSize(10))
            .add(new Member(bytes("pizza/large.bmp"), noise).method(0).claimedSize(10)));

    UnpackedPhotos unpacked = PhotoArchive.unpack(archive, dataset, SMALL, Progress.NONE);

    assertThat(unpacked.refused())
        .extracting(Rejection::reason)
        .containsExactly(
            "not unpacked: it is more than 10 times as large as its compressed form, as a zip bomb is",
            "not unpacked: a file of more than 0 MiB");
    assertThat(PhotoFolders.contents(unpacked.folder())).hasSize(2);
  }

  @Test
  void unpack_absurdTotalOrCount_refusesTheWholeAndLeavesNothing() throws IOException {
    ZipBytes overlapping = new ZipBytes().add(new Member(bytes("pizza/000000"), new byte[15_000]));
    write(overlapping.again(30, 46 + 12));
    refused("unpack to more than 0 MiB, as a zip bomb does, nothing was unpacked");

    ZipBytes many = new ZipBytes();
    for (int i = 0; i < 51; i++) {
      many.file("pizza/%d.png".formatted(i), new byte[1]);
    }
    write(many);
    refused("more than 50 files and folders, nothing was unpacked");
    assertThat(PhotoFolders.names(folder)).containsExactly("photos.zip");
  }

  @Test
  void unpack_foldersThatPathsOnlyMention_countAsMembers() throws IOException {
    ZipBytes zip = new ZipBytes();
    for (int i = 0; i < 2; i++) {
      zip.file("%d/%s/a.png".formatted(i, "d/".repeat(28)), PHOTO);
    }
    write(zip);
    refused("more than 50 files and folders, nothing was unpacked");
    assertThat(PhotoFolders.names(folder)).containsExactly("photos.zip");
  }

  @Test
  void unpack_manyRefusedNames_refusesTheWhole() throws IOException {
    ZipBytes zip = new ZipBytes().file("pizza/a.png", PHOTO);
    for (int i = 0; i < 20; i++) {
      zip.file("../%d.png".formatted(i), PHOTO);
    }
    write(zip);
    assertThat(PhotoArchive.unpack(archive, dataset, SMALL, Progress.NONE).refused()).hasSize(20);
    dataset = new DirectoryPlace(folder.resolve("other"));
    write(zip.file("../up.png", PHOTO));
    refused(
        "more than 20 of its files cannot be unpacked, such as ../up.png (not unpacked: a path that leads out of the folder)");
    assertThat(PhotoFolders.names(folder)).noneMatch(name -> name.contains("other"));
  }

  @Test
  void unpack_damagedArchiveAgain_isNotReadAgainUntilItChanges() throws IOException {
    byte[] damaged = new ZipBytes().file("pizza/a.png", PHOTO).file("b/b.png", PHOTO).bytes();
    damaged[60]++;
    write(damaged);
    while (!FileStamp.of(archive).isSettled(Instant.now())) {
      Thread.onSpinWait();
    }
    UnpackedPhotos first = unpack();
    Object key = Files.readAttributes(first.folder(), "*").get("fileKey");

    assertThat(unpack()).isEqualTo(first);
    assertThat(Files.readAttributes(first.folder(), "*").get("fileKey")).isEqualTo(key);

    Files.setLastModifiedTime(archive, FileTime.from(Instant.EPOCH));
    assertThat(unpack()).isEqualTo(first);
    assertThat(Files.readAttributes(first.folder(), "*").get("fileKey")).isNotEqualTo(key);
  }

  @Test
  void discardOthers_photosMovedBetweenClasses_keepsThem() throws IOException {
    write(new ZipBytes().file("pizza/a.png", PHOTO).file("chai/b.png", PHOTO));
    UnpackedPhotos unpacked = unpack();
    Path mine = Files.createDirectories(folder.resolve("mine"));
    Files.move(unpacked.folder().resolve("pizza/a.png"), unpacked.folder().resolve("chai/a.png"));

    assertThatThrownBy(this::unpack).hasMessageContaining("was changed since");
    PhotosBeside.discardOthers(dataset, mine);
    assertThat(unpacked.folder()).exists();

    Files.move(unpacked.folder().resolve("chai/a.png"), unpacked.folder().resolve("pizza/a.png"));
    PhotosBeside.discardOthers(dataset, unpacked.folder().resolve("pizza"));
    assertThat(unpacked.folder()).exists();
    PhotosBeside.discardOthers(dataset, mine);
    assertThat(unpacked.folder()).doesNotExist();
  }

  @Test
  void unpack_damagedAnywhere_isRefusedWithoutLeavingAnything() throws IOException {
    byte[] whole = new ZipBytes().file("pizza/a.png", PHOTO).file("chai/b.png", PHOTO).bytes();
    for (int length = 0; length < whole.length; length += 1 + length / 100) {
      write(Arrays.copyOf(whole, length));
      assertThat(PhotoArchive.isZip(archive)).as("%d bytes", length).isFalse();
    }
    Random random = new Random(7);
    int unpacked = 0;
    for (int i = 0; i < 200; i++) {
      byte[] mutated = whole.clone();
      for (int change = 0; change <= random.nextInt(4); change++) {
        mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
      }
      write(mutated);
      dataset = new DirectoryPlace(folder.resolve("set" + i));
      try {
        UnpackedPhotos photos = unpack();
        unpacked++;
        int files = PhotoFolders.contents(photos.folder()).size() - 1;
        assertThat(files + photos.refused().size()).isLessThanOrEqualTo(2);
      } catch (ArchiveException e) {
        assertThat(e.path()).isEqualTo(archive);
      }
    }
    assertThat(unpacked).isBetween(50, 199);
    assertThat(PhotoFolders.names(folder)).allMatch(name -> !name.startsWith("."));
  }

  @Test
  void unpack_wideArchiveBehindAProgram_isFound() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(bytes("#!/bin/sh\nexit\n"));
    bytes.writeBytes(new ZipBytes().file("pizza/a.png", PHOTO).wideBytes());
    Files.write(archive, bytes.toByteArray());

    assertThat(unpack().folder().resolve("pizza/a.png")).hasBinaryContent(PHOTO);
  }

  @Test
  void unpack_again_usesWhatLiesThere() throws IOException {
    write(new ZipBytes().file("pizza/a.png", PHOTO).file("../b.png", PHOTO));
    UnpackedPhotos first = unpack();
    Object key = Files.readAttributes(first.folder().resolve("pizza"), "*").get("fileKey");
    // What a file browser leaves changes nothing.
    PhotoFolders.write(first.folder().resolve("pizza/Thumbs.db"), new byte[5]);

    assertThat(unpack()).isEqualTo(first);
    assertThat(Files.readAttributes(first.folder().resolve("pizza"), "*").get("fileKey"))
        .isEqualTo(key);

    PhotoFolders.write(first.folder().resolve("pizza/mine.png"), PHOTO);
    assertThatThrownBy(this::unpack)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("was changed since")
        .hasMessageContaining("name that folder");
    Files.delete(first.folder().resolve(".unpacked.csv"));
    assertThatThrownBy(this::unpack)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is in the way");
  }

  @Test
  void unpack_damagedArchiveThatIsWholeNow_isUnpackedAgain() throws IOException {
    byte[] whole = new ZipBytes().file("pizza/a.png", PHOTO).file("pizza/b.png", PHOTO).bytes();
    byte[] damaged = whole.clone();
    damaged[60]++;
    Files.write(archive, damaged);
    UnpackedPhotos first = unpack();
    assertThat(first.refused()).extracting(Rejection::path).containsExactly("pizza/a.png");

    Files.write(archive, whole);

    assertThat(unpack()).isEqualTo(new UnpackedPhotos(first.folder(), List.of()));
    assertThat(first.folder().resolve("pizza/a.png")).hasBinaryContent(PHOTO);
  }

  @Test
  void discardOthers_changedArchive_deletesTheOlderFolderUnlessSomebodyChangedIt()
      throws IOException {
    write(new ZipBytes().file("pizza/a.png", PHOTO));
    UnpackedPhotos first = unpack();
    write(new ZipBytes().file("pizza/b.png", PHOTO));
    UnpackedPhotos second = unpack();
    PhotoFolders.write(second.folder().resolve("pizza/mine.png"), PHOTO);
    write(new ZipBytes().file("pizza/c.png", PHOTO));
    UnpackedPhotos third = unpack();
    // What a killed run left, and what is not ours.
    PhotoFolders.write(folder.resolve(".set-photos-0123abcd.preparing/pizza/a.png"), PHOTO);
    PhotoFolders.write(folder.resolve("set-photos-mine/a.png"), PHOTO);
    assertThat(first.folder()).exists();

    PhotosBeside.discardOthers(dataset, third.folder());

    assertThat(PhotoFolders.names(folder))
        .containsExactlyInAnyOrder(
            "photos.zip",
            second.folder().getFileName().toString(),
            third.folder().getFileName().toString(),
            "set-photos-mine");
  }

  @Test
  void unpack_nothingUsable_saysWhy() throws IOException {
    write(new ZipBytes().add(new Member(bytes("pizza/secret.png"), PHOTO).flags(1)));
    refused("none of its files can be unpacked: pizza/secret.png (not unpacked: encrypted)");
    write(new ZipBytes());
    refused("there are no files in it");
    Files.write(archive, PHOTO);
    assertThat(PhotoArchive.isZip(archive)).isFalse();
    assertThat(PhotoFolders.names(folder)).containsExactly("photos.zip");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> PhotoArchive.unpack(archive, dataset, SMALL, Progress.NONE))
        .isInstanceOf(ArchiveException.class)
        .hasMessageStartingWith(archive + ": ")
        .hasMessageContaining(message);
  }

  private UnpackedPhotos unpack() throws IOException {
    return PhotoArchive.unpack(archive, dataset, Progress.NONE);
  }

  private void write(ZipBytes zip) throws IOException {
    write(zip.bytes());
  }

  private void write(byte[] bytes) throws IOException {
    Files.deleteIfExists(archive);
    Files.write(archive, bytes);
  }

  private static Rejection refusal(String path, String reason) {
    return new Rejection(path, "not unpacked: " + reason);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] unicodePath(byte[] raw, String name, int error) {
    byte[] utf8 = bytes(name);
    CRC32 crc = new CRC32();
    crc.update(raw);
    ByteBuffer field = ByteBuffer.allocate(9 + utf8.length).order(ByteOrder.LITTLE_ENDIAN);
    field.putShort((short) 0x7075).putShort((short) (5 + utf8.length)).put((byte) 1);
    field.putInt((int) crc.getValue() + error).put(utf8);
    return field.array();
  }
}
