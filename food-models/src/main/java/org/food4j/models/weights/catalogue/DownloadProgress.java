package org.food4j.models.weights.catalogue;

/** Told how far a download has come. Called by one thread, often. */
@FunctionalInterface
public interface DownloadProgress {
  /** Tells nobody. */
  DownloadProgress NONE = (done, total) -> {};

  /**
   * More bytes have arrived.
   *
   * @param done bytes that are on disk, those of earlier attempts among them
   * @param total bytes in all; 0 while it is unknown
   */
  void update(long done, long total);
}
