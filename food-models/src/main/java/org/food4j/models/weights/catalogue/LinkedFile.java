package org.food4j.models.weights.catalogue;

import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What Hugging Face's hub says of a large file before it redirects to where the bytes are: header
 * {@code X-Linked-ETag}, which is the SHA-256 of files in Git LFS.
 */
final class LinkedFile {
  private LinkedFile() {}

  /** The hash that a response, or one that redirected to it, announced. */
  static Optional<String> sha256(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("X-Linked-ETag")
        .map(tag -> tag.replace("\"", ""))
        .filter(tag -> tag.matches("[0-9a-f]{64}"))
        .or(() -> response.previousResponse().flatMap(LinkedFile::sha256));
  }
}
