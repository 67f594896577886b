package org.food4j.train.loop;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Files that save a training, or the next one, work.
 *
 * @param packedPhotos decoded training photos, {@link
 *     org.food4j.data.batch.BatchSettings#packedPhotos()}; not kept if empty
 * @param features of the network's frozen part; in a temporary file if empty
 */
public record TrainingCaches(Optional<Path> packedPhotos, Optional<Path> features) {
  /** Keeps nothing. */
  public static final TrainingCaches NONE = new TrainingCaches(Optional.empty(), Optional.empty());
}
