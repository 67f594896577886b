package org.food4j.models.weights.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.Sha256;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.WeightsException;

/**
 * Public weights on disk: downloaded once, held against the hash of that time whenever they are
 * asked for. Files and their meaning: see the package. Thread-safe, and safe with other processes:
 * one of them downloads, the others wait.
 */
public final class WeightsCache {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final CacheSettings settings;
  private final ProxySelector proxy;
  private final Duration pause;

  /** A cache that reaches the network as the machine's settings say (see {@code https_proxy}). */
  public WeightsCache(CacheSettings settings) {
    this(settings, ProxyChoice.of(System.getProperties(), System.getenv()), FIRST_PAUSE);
  }

  /**
   * @param pause before the second request; it doubles with each that brings nothing
   */
  WeightsCache(CacheSettings settings, ProxySelector proxy, Duration pause) {
    this.settings = settings;
    this.proxy = proxy;
    this.pause = pause;
  }

  /** One a download: its threads are not for those who only open what is there. */
  private HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(settings.patience())
            .proxy(proxy);
    if (proxy instanceof ProxyChoice choice && choice.hasCredentials()) {
      builder.authenticator(choice.authenticator()); // with one, bare refusals become exceptions
    }
    return builder.build();
  }

  /** Where a file is, or would be. */
  public Path file(PublicWeights weights) {
    return settings.directory().toAbsolutePath().resolve(weights.name() + ".safetensors");
  }

  /** Whether a file is there; its hash is not looked at. */
  public boolean holds(PublicWeights weights) {
    return Files.exists(file(weights));
  }

  /**
   * A file, downloaded if it is not there yet.
   *
   * @param progress told of a download's bytes
   * @return the complete file, whose hash is that of the first download
   * @throws DownloadException if it is not there and cannot be had
   * @throws WeightsException if what is there is not what was downloaded
   * @throws IOException if the directory cannot be written
   */
  public Path get(PublicWeights weights, DownloadProgress progress) throws IOException {
    Path file = file(weights);
    if (Files.exists(file)) {
      return verified(file);
    }
    URI address = weights.address(settings.base());
    if (settings.offline()) {
      throw new DownloadException(
          address,
          "not in the cache, and downloads are off: fetch it elsewhere and put it at " + file);
    }
    DirectoryLock lock = lock(address, file);
    try (lock) {
      return Files.exists(file) ? verified(file) : download(address, file, progress);
    }
  }

  private DirectoryLock lock(URI address, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    PartialFile partial = PartialFile.of(file);
    long size = partial.length();
    long since = System.nanoTime();
    while (true) {
      Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(DirectoryPlace.of(file));
      if (lock.isPresent()) {
        return lock.get();
      }
      if (partial.length() != size) {
        size = partial.length();
        since = System.nanoTime();
      } else if (System.nanoTime() - since > settings.patience().toNanos()) {
        throw new DownloadException(
            address,
            "another process downloads it to %s and has come no further for %d ms"
                .formatted(file, settings.patience().toMillis()));
      }
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another process downloads " + file);
      }
    }
  }

  private Path download(URI address, Path file, DownloadProgress progress) throws IOException {
    PartialFile partial = PartialFile.of(file);
    Optional<String> announced =
        new Download(client(), address, partial, settings, progress, pause).run();
    String hash = hash(partial.file());
    requireEqual(
        address, partial, hash, announced, "the hub announces %s: it was changed on the way");
    requireEqual(
        address,
        partial,
        hash,
        pinned(file),
        "the first download had %s: it was changed, there or on the way; delete "
            + pin(file)
            + " if the new version is wanted");
    try {
      Safetensors.open(partial.file());
    } catch (WeightsException e) {
      partial.discard();
      throw new DownloadException(
          address, "what came is no safetensors file; a proxy's page, perhaps", e);
    }
    pin(file, hash);
    Files.move(partial.file(), file, StandardCopyOption.ATOMIC_MOVE);
    partial.discard();
    return file;
  }

  private static void requireEqual(
      URI address, PartialFile partial, String hash, Optional<String> expected, String problem)
      throws IOException {
    if (expected.isPresent() && !expected.get().equals(hash)) {
      partial.discard();
      throw new DownloadException(
          address,
          "its SHA-256 is %s, but ".formatted(hash) + problem.replace("%s", expected.get()));
    }
  }

  private static Path verified(Path file) throws IOException {
    String hash = hash(file);
    Optional<String> pinned = pinned(file);
    if (pinned.isEmpty()) {
      pin(file, hash); // put there by hand: from now on it stays what it is
    } else if (!pinned.get().equals(hash)) {
      throw new WeightsException(
          file,
          "its SHA-256 is %s and was %s: it was changed; delete it to download it again"
              .formatted(hash, pinned.get()));
    }
    return file;
  }

  private static Path pin(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }

  private static void pin(Path file, String hash) throws IOException {
    AtomicFile.write(pin(file), hash + "  " + file.getFileName() + "\n");
  }

  private static Optional<String> pinned(Path file) throws IOException {
    Path pin = pin(file);
    if (!Files.exists(pin)) {
      return Optional.empty();
    }
    String hash = Files.readString(pin).strip().split("\\s+", 2)[0];
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new WeightsException(pin, "not a line of sha256sum: delete it to pin the file anew");
    }
    return Optional.of(hash);
  }

  private static String hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Sha256.of(in);
    }
  }
}
