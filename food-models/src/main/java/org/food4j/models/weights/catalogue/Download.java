package org.food4j.models.weights.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings a file to disk, in as many requests as it takes: each goes on where the last one broke off
 * ({@code Range} with {@code If-Range}, RFC 9110, sections 13.1.5 and 14), if the server knows the
 * version still.
 */
final class Download {
  /** Requests in a row that may bring the file no further; starting anew does not. */
  private static final int ATTEMPTS = 4;

  private static final int BUFFER = 1 << 16;
  private static final Pattern RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");

  /** A failure that another request may not meet. */
  private static final class Passing extends IOException {
    private static final long serialVersionUID = 1L;

    Passing(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  private final HttpClient client;
  private final URI address;
  private final PartialFile partial;
  private final CacheSettings settings;
  private final DownloadProgress progress;
  private final Duration pause;
  private Optional<String> announced = Optional.empty();
  private boolean resumed;

  Download(
      HttpClient client,
      URI address,
      PartialFile partial,
      CacheSettings settings,
      DownloadProgress progress,
      Duration pause) {
    this.client = client;
    this.address = address;
    this.partial = partial;
    this.settings = settings;
    this.progress = progress;
    this.pause = pause;
  }

  /**
   * Fetches what is lacking.
   *
   * @return the SHA-256 that the hub announced for the file, if it did
   * @throws DownloadException if it cannot be had; what has arrived stays for the next time
   */
  Optional<String> run() throws IOException {
    int failures = 0;
    while (true) {
      long before = partial.length();
      try {
        request();
        return announced;
      } catch (Passing e) {
        failures = resumed && partial.length() > before ? 1 : failures + 1;
        if (failures >= ATTEMPTS) {
          throw new DownloadException(
              address,
              String.format(
                  Locale.ROOT,
                  "%s; gave up after %d attempts, %d bytes are kept: run it again to resume",
                  e.getMessage(),
                  ATTEMPTS,
                  partial.length()),
              e);
        }
        rest(failures);
      }
    }
  }

  private void rest(int failures) throws IOException {
    try {
      Thread.sleep(pause.multipliedBy(1L << failures).toMillis());
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void request() throws IOException {
    resumed = false;
    HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(settings.patience());
    long have = partial.length();
    Optional<String> version = partial.version();
    if (version.isPresent()) {
      request.header("Range", "bytes=" + have + "-").header("If-Range", version.get());
    }
    HttpResponse<InputStream> response = send(request.build());
    try (InputStream body = new StallGuard(response.body(), settings.patience())) {
      announced = LinkedFile.sha256(response).or(() -> announced);
      switch (response.statusCode()) {
        case 200 -> {
          partial.restart(
              response.headers().firstValue("ETag").filter(tag -> tag.startsWith("\"")));
          receive(body, 0, response.headers().firstValueAsLong("Content-Length"));
        }
        case 206 -> {
          OptionalLong rest = rest(response, have);
          resumed = true;
          receive(body, have, rest);
        }
        case 416 -> {
          String size = response.headers().firstValue("Content-Range").orElse("");
          if (size.equals("bytes */" + have)) {
            return; // it was complete: the process ended before it could say so
          }
          partial.discard();
          throw new Passing("the server has no bytes after " + have, null);
        }
        case 408, 429, 500, 502, 503, 504 ->
            throw new Passing("the server answers " + response.statusCode(), null);
        default -> throw new DownloadException(address, Refusal.of(response.statusCode()));
      }
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ConnectException | HttpTimeoutException e) {
      throw new Passing(
          "no connection (" + reason(e) + "): is there a network, or should https_proxy be set?",
          e);
    } catch (IOException e) {
      throw new Passing("the request failed (" + reason(e) + ")", e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("the download was interrupted; it can be resumed");
  }

  /** Bytes that a part of the file has. */
  private OptionalLong rest(HttpResponse<?> response, long have) throws IOException {
    Matcher range = RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
    if (!range.matches() || Long.parseLong(range.group(1)) != have) {
      partial.discard();
      throw new Passing("the server sent another part of the file than asked for", null);
    }
    return range.group(2).equals("*")
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(range.group(2)) - have);
  }

  private void receive(InputStream body, long have, OptionalLong expected) throws IOException {
    long total = expected.isPresent() ? have + expected.getAsLong() : 0;
    requireSpace(total - have);
    long done = have;
    try (OutputStream out = partial.append()) {
      byte[] buffer = new byte[BUFFER];
      for (int count = read(body, buffer); count >= 0; count = read(body, buffer)) {
        write(out, buffer, count);
        done += count;
        progress.update(done, total);
      }
    }
    if (expected.isPresent() && done != total) {
      throw new Passing(
          String.format(Locale.ROOT, "it broke off after %d of %d bytes", done, total), null);
    }
  }

  private static int read(InputStream body, byte[] buffer) throws IOException {
    try {
      return body.read(buffer);
    } catch (IOException e) {
      throw new Passing("it broke off (" + reason(e) + ")", e);
    }
  }

  private void write(OutputStream out, byte[] buffer, int count) throws IOException {
    try {
      out.write(buffer, 0, count);
    } catch (IOException e) {
      throw new DownloadException(
          address, "cannot be written to " + partial.file() + ": " + reason(e), e);
    }
  }

  private void requireSpace(long bytes) throws IOException {
    long free = Files.getFileStore(partial.file().getParent()).getUsableSpace();
    if (bytes > free) {
      throw new DownloadException(
          address,
          String.format(
              Locale.ROOT,
              "%d bytes are to come and %d are free in %s: make room, or set FOOD4J_CACHE",
              bytes,
              free,
              partial.file().getParent()));
    }
  }
}
