package org.food4j.server.answer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.Supplier;
import org.food4j.server.batch.OverloadedException;
import org.food4j.server.http.Failures;

/**
 * Answers by what was asked: the photo's SHA-256, the model's version and the settings. Bounded in
 * bytes; what is asked twice at the same time is computed once. Thread-safe.
 *
 * <p>Caffeine's own asynchronous cache logs each computation that fails, with its stack trace:
 * every damaged photo would.
 */
final class AnswerCache {
  /** An entry's cost beside its key's and value's bytes, about. */
  private static final int OVERHEAD = 200;

  private final Optional<Cache<Key, byte[]>> cache;
  private final ConcurrentMap<Key, CompletableFuture<byte[]>> underWay = new ConcurrentHashMap<>();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

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
                    .build());
  }

  /**
   * An answer, now or soon.
   *
   * @param hit whether it was there, or is being computed for somebody else
   */
  record Found(boolean hit, CompletableFuture<byte[]> answer) {}

  boolean isOn() {
    return cache.isPresent();
  }

  /**
   * The answer, computed if it is not there; what failed is forgotten. Only where it is on.
   *
   * @param computation called at most once for all who ask meanwhile; if it fails because there was
   *     no time or room for it, the others, who may have more time, try by themselves
   */
  Found get(Key key, Supplier<CompletableFuture<byte[]>> computation) {
    byte[] known = cache.orElseThrow().getIfPresent(key);
    if (known != null) {
      hits.increment();
      return new Found(true, CompletableFuture.completedFuture(known));
    }
    CompletableFuture<byte[]> mine = new CompletableFuture<>();
    CompletableFuture<byte[]> others = underWay.putIfAbsent(key, mine);
    if (others == null) {
      misses.increment();
      lead(key, mine, computation);
      return new Found(false, mine);
    }
    hits.increment();
    return new Found(
        true,
        others
            .handle(
                (answer, thrown) ->
                    Failures.cause(thrown) instanceof OverloadedException
                        ? get(key, computation).answer()
                        : others)
            .thenCompose(Function.identity()));
  }

  private void lead(
      Key key, CompletableFuture<byte[]> mine, Supplier<CompletableFuture<byte[]>> computation) {
    // somebody may have finished between the look into the cache and the claim
    byte[] known = cache.orElseThrow().getIfPresent(key);
    CompletableFuture<byte[]> computed;
    try {
      computed = known != null ? CompletableFuture.completedFuture(known) : computation.get();
    } catch (RuntimeException | Error e) {
      computed = CompletableFuture.failedFuture(e);
    }
    computed.whenComplete(
        (answer, thrown) -> {
          if (thrown == null) {
            cache.orElseThrow().put(key, answer);
          }
          underWay.remove(key, mine);
          if (thrown == null) {
            mine.complete(answer);
          } else {
            mine.completeExceptionally(thrown);
          }
        });
  }

  CacheStats stats() {
    CacheStats own = cache.map(Cache::stats).orElseGet(CacheStats::empty);
    return CacheStats.of(
        hits.sum(), misses.sum(), 0, 0, 0, own.evictionCount(), own.evictionWeight());
  }

  /** Answers that are kept. */
  long entries() {
    return cache.map(Cache::estimatedSize).orElse(0L);
  }
}
