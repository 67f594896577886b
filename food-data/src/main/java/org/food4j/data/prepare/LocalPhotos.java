package org.food4j.data.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.food4j.data.archive.PhotoArchive;
import org.food4j.data.archive.UnpackedPhotos;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.PhotoReader;
import org.food4j.data.scan.PhotoTree;
import org.food4j.data.scan.Progress;
import org.food4j.data.scan.Rejection;

/**
 * Photos of this machine: a folder, or an archive that is unpacked.
 *
 * @param photos as named
 */
record LocalPhotos(Path photos) implements PhotoSource {
  @Override
  public PhotoSupply open(DirectoryPlace dataset, int pixelLimit, int threads, Progress unpacking)
      throws IOException {
    // Absolute, because the photos are found by the path in the data set from anywhere.
    Path named = Files.exists(photos) ? photos.toRealPath() : photos;
    Optional<UnpackedPhotos> unpacked = Optional.empty();
    if (Files.isRegularFile(named)) {
      if (!PhotoArchive.isZip(named)) {
        throw new IllegalArgumentException(
            "%s is a file, and no zip: name a folder that holds a folder of photos per class, or a zip of one"
                .formatted(photos));
      }
      unpacked = Optional.of(PhotoArchive.unpack(named, dataset, unpacking));
      named = unpacked.get().folder().toRealPath();
    } else if (dataset.directory().startsWith(named)) {
      throw new IllegalArgumentException(
          "%s lies inside the photo folder %s and would count as a class: choose a folder outside"
              .formatted(dataset.directory(), photos));
    }
    PhotoDecoder decoder = new NativePhotoDecoder(pixelLimit);
    ClassFolders found =
        ClassFolders.find(PhotoTree.of(named), photos.toString(), unpacked.isPresent(), decoder);
    if (found.problem().isPresent()) {
      // What an older data set was made of stays; with the next one it goes.
      if (unpacked.isPresent() && Files.notExists(dataset.directory())) {
        PhotoArchive.discard(unpacked.get());
      }
      throw new IllegalArgumentException(found.problem().get());
    }
    List<Rejection> refused = new ArrayList<>();
    for (Rejection one : unpacked.map(UnpackedPhotos::refused).orElse(List.of())) {
      refused.add(new Rejection(below(found.below(), one.path()), one.reason()));
    }
    Path folder = named.resolve(found.below());
    return new PhotoSupply(
        folder.toString(),
        found.listing().withRejected(refused),
        PhotoReader.of(folder, decoder, threads),
        entries -> folder);
  }

  /** A name in the archive as a path from the folder with the classes. */
  private static String below(String folder, String path) {
    if (folder.isEmpty()) {
      return path;
    }
    String prefix = folder + "/";
    return path.startsWith(prefix) ? path.substring(prefix.length()) : "../" + path;
  }
}
