package org.food4j.server.answer;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Answers by what was asked: the photo's SHA-256, the model's version and the settings. Bounded in
 * bytes; what is asked twice at the same time is computed once. Thread-safe.
 */
final class AnswerCache {
  /** An entry's cost beside its key's and value's bytes, about. */
  private static final int OVERHEAD = 200;

  private final Optional<AsyncCache<Key, byte[]>> cache;

  /**
   * What was asked.
   *
   * @param content SHA-256 of the photo, in hexadecimal digits
   * @param model its name and version
   * @param settings whatever else the answer depends on
   */
  record Key(String content, String model, String settings) {
    private int bytes() {
      return content.length() + model.length() + settings.length();
    }
  }

  /**
   * @param bytes that keys and answers may take together; 0 for no cache
   */
  AnswerCache(long bytes) {
    cache =
        bytes == 0
            ? Optional.empty()
            : Optional.of(
                Caffeine.newBuilder()
                    .maximumWeight(bytes)
                    .weigher((Key key, byte[] value) -> OVERHEAD + key.bytes() + value.length)
                    .recordStats()
                    .executor(Runnable::run)
                    .buildAsync());
  }

  boolean isOn() {
    return cache.isPresent();
  }

  /**
   * The answer, computed if it is not there; what failed is forgotten.
   *
   * @param computation called at most once for all who ask meanwhile
   */
  CompletableFuture<byte[]> get(Key key, Supplier<CompletableFuture<byte[]>> computation) {
    return cache.isEmpty()
        ? computation.get()
        : cache.get().get(key, (asked, executor) -> computation.get());
  }

  /** Whether an answer is there, or is being computed. */
  boolean has(Key key) {
    return cache.isPresent() && cache.get().getIfPresent(key) != null;
  }

  CacheStats stats() {
    return cache.map(c -> c.synchronous().stats()).orElseGet(CacheStats::empty);
  }

  long entries() {
    return cache.map(c -> c.synchronous().estimatedSize()).orElse(0L);
  }
}
