package org.food4j.data.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.scan.PhotoListing;
import org.food4j.data.scan.PhotoReader;

/**
 * The photos of a {@link PhotoSource}, listed and not yet read.
 *
 * @param root the folder whose folders are the classes, a path or a URL: for messages, and for the
 *     record of the files, which is of one root
 * @param listing of the root; with what lies outside of it, or was not unpacked, among the rejected
 * @param reader of the files
 * @param folder gives the folder that the data set refers to
 */
public record PhotoSupply(String root, PhotoListing listing, PhotoReader reader, Folder folder) {
  /** Provides the chosen photos on this machine. */
  @FunctionalInterface
  public interface Folder {
    /**
     * The folder that the entries' paths are relative to, with their photos in it.
     *
     * @param entries of the data set; copies have their original's path
     * @return an absolute path
     * @throws IOException if photos cannot be put there
     */
    Path of(List<ManifestEntry> entries) throws IOException;
  }

  /** The same photos, read by somebody else. */
  public PhotoSupply withReader(PhotoReader other) {
    return new PhotoSupply(root, listing, other, folder);
  }
}
