package org.food4j.data.archive;

import java.nio.file.Path;
import java.util.List;
import org.food4j.data.scan.Rejection;

/**
 * An archive's photos, unpacked.
 *
 * @param folder that they lie in
 * @param refused what was not unpacked, in the archive's order, with its name there
 */
public record UnpackedPhotos(Path folder, List<Rejection> refused) {
  /** Copies the list. */
  public UnpackedPhotos {
    refused = List.copyOf(refused);
  }
}
