package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Promise;
import org.food4j.server.http.Exchange;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;
import org.food4j.server.http.ProblemException.Problem;

/**
 * The photos of a request's body: a multipart form's files, a photo as it is, or a JSON object's
 * {@code image} or {@code images} in Base64. Nothing is written to disk.
 *
 * @param photos encoded, at least one
 * @param names of the files, or {@code "1"}, {@code "2"}; as many
 * @param several whether the client asked for answers to a list, be it of one
 * @param settings {@code model}, {@code top} and {@code label} of a form or a JSON object
 */
record Uploads(
    List<byte[]> photos, List<String> names, boolean several, Map<String, String> settings) {
  private static final int MOST_PARTS = 128;
  private static final int MOST_NAME = 200;
  private static final Set<String> SETTINGS = Set.of("model", "top", "label");

  /**
   * Takes a body apart.
   *
   * @param most photos that it may hold
   * @throws ProblemException 400, 413 or 415, if it is not one of the forms, or holds too many
   */
  static Uploads of(Exchange exchange, byte[] body, int most) {
    Uploads uploads =
        switch (exchange.mediaType()) {
          case "multipart/form-data" ->
              multipart(body, exchange.header("Content-Type").orElseThrow());
          case "application/json" -> json(body, most);
          case "application/x-www-form-urlencoded", "text/plain", "text/html" ->
              throw unsupported(exchange);
          default -> {
            if (!exchange.mediaType().startsWith("image/")
                && !exchange.mediaType().equals("application/octet-stream")
                && !exchange.mediaType().isEmpty()) {
              throw unsupported(exchange);
            }
            yield new Uploads(List.of(body), List.of("1"), false, Map.of());
          }
        };
    if (uploads.photos.isEmpty()
        || uploads.photos.size() == 1 && uploads.photos.get(0).length == 0) {
      throw ProblemException.badRequest("the request has no photo in it");
    }
    requireAtMost(most, uploads.photos.size());
    return uploads;
  }

  private static ProblemException unsupported(Exchange exchange) {
    return new ProblemException(
        Problem.UNSUPPORTED_MEDIA_TYPE,
        "a photo comes as multipart/form-data, as image/* or application/octet-stream, or in a JSON object, not as "
            + exchange.mediaType());
  }

  static Uploads json(byte[] body, int most) {
    List<byte[]> photos = new ArrayList<>();
    Map<String, String> settings = new HashMap<>();
    boolean[] several = new boolean[1];
    Base64Photos base64 = new Base64Photos(body);
    Json.readObject(
        body,
        (field, json) -> {
          switch (field) {
            case "image" -> {
              if (json.currentToken() != JsonToken.VALUE_NULL) {
                photos.add(photo(base64, json));
              }
            }
            case "images" -> {
              if (json.currentToken() == JsonToken.VALUE_NULL) {
                return;
              }
              several[0] = true;
              if (json.currentToken() != JsonToken.START_ARRAY) {
                throw notPhotos();
              }
              while (json.nextToken() != JsonToken.END_ARRAY && photos.size() <= most) {
                photos.add(photo(base64, json));
              }
            }
            default -> {
              // others are not kept: a body has room for a million
              if (!SETTINGS.contains(field)) {
                json.skipChildren();
              } else if (json.currentToken() != JsonToken.VALUE_NULL) {
                settings.put(field, setting(field, json));
              }
            }
          }
          requireAtMost(most, photos.size());
        });
    if (photos.isEmpty()) {
      throw notPhotos();
    }
    List<String> names =
        IntStream.rangeClosed(1, photos.size()).mapToObj(Integer::toString).toList();
    return new Uploads(photos, names, several[0], settings);
  }

  private static ProblemException notPhotos() {
    return ProblemException.badRequest(
        "a JSON request has \"image\", a photo in Base64, or \"images\", a list of them");
  }

  private static String setting(String field, JsonParser json) throws IOException {
    if (!json.currentToken().isScalarValue() || json.getTextLength() > MOST_NAME) {
      throw ProblemException.badRequest(
          "\"%s\" is to be one value of at most %d characters".formatted(field, MOST_NAME));
    }
    return json.getText();
  }

  private static byte[] photo(Base64Photos base64, JsonParser json) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw notPhotos();
    }
    return base64.decoded(json);
  }

  private static void requireAtMost(int most, int photos) {
    if (photos > most) {
      throw new ProblemException(
          Problem.TOO_LARGE,
          "this path takes %d photos at most, and here are more".formatted(most));
    }
  }

  private static Uploads multipart(byte[] body, String contentType) {
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary(contentType));
    parser.setMaxParts(MOST_PARTS);
    parser.setMaxLength(body.length + 1L);
    parser.setMaxMemoryFileSize(body.length + 1L);
    parser.setUseFilesForPartsWithoutFileName(false);
    List<byte[]> photos = new ArrayList<>();
    List<String> names = new ArrayList<>();
    Map<String, String> settings = new HashMap<>();
    try (MultiPartFormData.Parts parts = parsed(parser, body)) {
      for (MultiPart.Part part : parts) {
        String field = Objects.requireNonNullElse(part.getName(), ""); // a part may have none
        if (part.getFileName() != null || isPhoto(field)) {
          photos.add(bytes(part));
          names.add(name(part, photos.size()));
        } else if (SETTINGS.contains(field)) {
          settings.put(field, setting(part));
        }
      }
    } catch (CompletionException e) {
      throw ProblemException.badRequest(
          "the multipart form is damaged: " + e.getCause().getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is read without fail", e);
    }
    return new Uploads(photos, names, photos.size() > 1, settings);
  }

  private static String setting(MultiPart.Part part) throws IOException {
    if (part.getLength() > MOST_NAME) {
      throw ProblemException.badRequest(
          "the form's field \"%s\" is at most %d bytes, not %d"
              .formatted(part.getName(), MOST_NAME, part.getLength()));
    }
    return new String(bytes(part), StandardCharsets.UTF_8);
  }

  private static String boundary(String contentType) {
    try {
      String boundary = MultiPart.extractBoundary(contentType);
      if (boundary != null && !boundary.isEmpty()) {
        return boundary;
      }
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("the form's Content-Type is not valid: " + e.getMessage());
    }
    throw ProblemException.badRequest("the multipart form names no boundary");
  }

  private static boolean isPhoto(String field) {
    return "image".equals(field) || "file".equals(field) || "photo".equals(field);
  }

  /** The body is there whole, so that nothing is waited for. */
  private static MultiPartFormData.Parts parsed(MultiPartFormData.Parser parser, byte[] body) {
    CompletableFuture<MultiPartFormData.Parts> parts = new CompletableFuture<>();
    parser.parse(
        Content.Source.from(ByteBuffer.wrap(body)),
        new Promise.Invocable<>() {
          @Override
          public void succeeded(MultiPartFormData.Parts result) {
            parts.complete(result);
          }

          @Override
          public void failed(Throwable thrown) {
            parts.completeExceptionally(thrown);
          }
        });
    return parts.join();
  }

  private static byte[] bytes(MultiPart.Part part) throws IOException {
    ByteBuffer content =
        Content.Source.asByteBuffer(part.newContentSource(ByteBufferPool.SIZED_NON_POOLING, 0, -1));
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  /** For the answer alone: no file is ever made by that name. */
  private static String name(MultiPart.Part part, int number) {
    String name = part.getFileName() == null ? "" : part.getFileName();
    return name.isBlank()
        ? Integer.toString(number)
        : name.substring(0, Math.min(MOST_NAME, name.length()));
  }
}
