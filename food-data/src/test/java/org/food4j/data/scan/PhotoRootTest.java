package org.food4j.data.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.food4j.data.manifest.PhotoFolders;
import org.food4j.data.photo.NativePhotoDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoRootTest {
  @TempDir Path named;

  @Test
  void find_everythingInOneFolder_goesIntoItAndListsTheRest() throws IOException {
    PhotoFolders.write(named.resolve("Food set"), "pizza", 0, 1);
    PhotoFolders.write(named.resolve("Food set"), "chai", 0, 1);
    PhotoFolders.write(named.resolve("Food set/labels.csv"), new byte[] {'a', ',', 'b', '\n'});
    PhotoFolders.write(named.resolve("licence.txt"), new byte[1]);
    PhotoFolders.write(named.resolve(".DS_Store"), new byte[1]);
    PhotoFolders.write(named.resolve("__MACOSX/Food set/pizza/a"), new byte[1]);

    PhotoRoot root = find();

    assertThat(root.in(named)).isEqualTo(named.resolve("Food set"));
    assertThat(root.outside())
        .containsExactly(new Rejection("../licence.txt", "lies outside the class folders"));
  }

  @Test
  void find_oneClassWhosePhotosLieInFolders_staysOutside() throws IOException {
    PhotoFolders.write(named.resolve("pizza"), "raw", 0, 1);
    PhotoFolders.write(named.resolve("pizza"), "edited", 0, 1);
    PhotoFolders.write(named.resolve("pizza/without a suffix"), PhotoFolders.png("pizza", 5));

    assertThat(find()).isEqualTo(PhotoRoot.NAMED);
  }

  @Test
  void find_oneClassOrTwoOrNone_staysOutside() throws IOException {
    assertThat(find()).isEqualTo(PhotoRoot.NAMED);
    PhotoFolders.write(named, "pizza", 0, 1);
    assertThat(find()).isEqualTo(PhotoRoot.NAMED);
    Files.createDirectories(named.resolve("pizza/only one"));
    assertThat(find()).isEqualTo(PhotoRoot.NAMED);
    PhotoFolders.write(named, "chai", 0, 1);
    assertThat(find()).isEqualTo(PhotoRoot.NAMED);
    assertThat(PhotoRoot.find(named.resolve("no"), new NativePhotoDecoder()))
        .isEqualTo(PhotoRoot.NAMED);
  }

  private PhotoRoot find() throws IOException {
    return PhotoRoot.find(named, new NativePhotoDecoder());
  }
}
