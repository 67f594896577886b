package org.food4j.server.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.food4j.server.http.Json;
import org.food4j.server.http.ProblemException;

/**
 * Photos that are strings of a JSON document: Base64, in a data URL or as it is. They are decoded
 * out of the document's bytes; as a text the parser would make several times as much of one, and a
 * few large requests would fill the heap. Not thread-safe.
 */
final class Base64Photos {
  private static final byte[] DATA_URL = {'d', 'a', 't', 'a', ':'};

  private final byte[] document;

  /** A place that is passed already: among the bytes, and among the characters of the text. */
  private int bytes;

  private long characters;

  /**
   * @param document as {@link Json#readObject} reads it
   */
  Base64Photos(byte[] document) {
    this.document = document;
    bytes = Json.textStart(document);
  }

  /**
   * Decodes the string that the document's parser stands at; it stands behind all earlier ones.
   *
   * @throws ProblemException 400, if it is no Base64
   */
  byte[] decoded(JsonParser json) {
    passTo(json.currentTokenLocation().getCharOffset());
    if (json.currentToken() != JsonToken.VALUE_STRING || document[bytes] != '"') {
      throw new IllegalStateException("The parser is to stand at a string of the document");
    }
    int from = bytes + 1;
    int to = from;
    boolean escapes = false;
    while (to < document.length && document[to] != '"') {
      boolean escape = document[to] == '\\';
      escapes |= escape;
      to += escape ? 2 : 1; // an escaped quote ends nothing
    }
    if (to >= document.length) {
      throw ProblemException.badRequest("the body is not JSON: a string has no end");
    }
    ByteBuffer text = ByteBuffer.wrap(document, from, to - from);
    return decoded(withoutScheme(escapes ? unescaped(text) : text));
  }

  /** Goes on to a character. */
  private void passTo(long character) {
    while (characters < character) {
      int length = Math.max(1, Integer.numberOfLeadingZeros(~(document[bytes] << 24)));
      bytes += length;
      characters += length == 4 ? 2 : 1; // outside the basic plane there are surrogate pairs
    }
  }

  private static byte[] decoded(ByteBuffer base64) {
    try {
      ByteBuffer photo = Base64.getMimeDecoder().decode(base64);
      byte[] bytes = photo.array();
      return photo.limit() == bytes.length ? bytes : Arrays.copyOf(bytes, photo.limit());
    } catch (IllegalArgumentException e) {
      throw ProblemException.badRequest("a photo is not in Base64: " + e.getMessage());
    }
  }

  /** What is behind a data URL's comma. */
  private static ByteBuffer withoutScheme(ByteBuffer text) {
    int first = text.position();
    if (text.remaining() < DATA_URL.length
        || !text.slice(first, DATA_URL.length).equals(ByteBuffer.wrap(DATA_URL))) {
      return text;
    }
    for (int i = first; i < text.limit(); i++) {
      if (text.get(i) == ',') {
        return text.position(i + 1);
      }
    }
    return text;
  }

  /**
   * Undoes what writers of JSON escape without need: solidi, and plus and equals signs in
   * hexadecimal. Whatever else is escaped is no letter of Base64.
   */
  private static ByteBuffer unescaped(ByteBuffer text) {
    ByteBuffer plain = ByteBuffer.allocate(text.remaining());
    while (text.hasRemaining()) {
      byte letter = text.get();
      if (letter != '\\') {
        plain.put(letter);
        continue;
      }
      byte escape = text.get();
      if (escape == '/') {
        plain.put(escape);
      } else if (escape == 'u') {
        plain.put((byte) hexadecimal(text));
      }
    }
    return plain.flip();
  }

  /** An ASCII letter, or a blank in place of any other. */
  private static int hexadecimal(ByteBuffer text) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      int digit = text.hasRemaining() ? Character.digit(text.get(), 16) : -1;
      if (digit < 0) {
        throw ProblemException.badRequest("the body is not JSON: \\u is followed by four digits");
      }
      unit = 16 * unit + digit;
    }
    return unit < 128 ? unit : ' ';
  }
}
