package org.food4j.data.batch;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.food4j.data.photo.ScaledPhoto;

/**
 * Photos kept by path up to a number of bytes. Nothing is ever evicted: an epoch visits each photo
 * once, so the oldest photo is as likely to be the next one as any other. Thread-safe.
 */
final class PhotoCache {
  private final Map<String, ScaledPhoto> photos = new ConcurrentHashMap<>();
  private final AtomicLong freeBytes;

  PhotoCache(long bytes) {
    freeBytes = new AtomicLong(bytes);
  }

  /** The photo at that path, which {@code loader} gives if it is not kept yet. */
  ScaledPhoto get(String path, Loader loader) throws IOException {
    ScaledPhoto kept = photos.get(path);
    if (kept != null) {
      return kept;
    }
    // Not computeIfAbsent: that would make other photos of the same bin wait for this one. Two
    // workers that load one photo at a time (over-sampled copies share a path) get equal pixels.
    ScaledPhoto photo = loader.load();
    long bytes = photo.pixels().bytes();
    if (freeBytes.addAndGet(-bytes) < 0 || photos.putIfAbsent(path, photo) != null) {
      freeBytes.addAndGet(bytes);
    }
    return photo;
  }

  /** Reads a photo from where it lies. */
  @FunctionalInterface
  interface Loader {
    ScaledPhoto load() throws IOException;
  }
}
