package org.food4j.server.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON documents, read and written in UTF-8. */
public final class Json {
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int MOST_TEXT = 8192;

  /**
   * Depth as deep as any request of this server; numbers and names no longer than they need be.
   * Texts that are longer, such as photos, are none for the parser: it would make characters of all
   * of them. Names are neither interned nor kept in a table, which a document of a million names
   * would fill.
   */
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                  .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(32)
                          .maxNumberLength(64)
                          .maxNameLength(256)
                          .maxStringLength(MOST_TEXT)
                          .build())
                  .build())
          .build();

  private Json() {}

  /** Writes the fields of an object. */
  @FunctionalInterface
  public interface Fields {
    /** Writes them. */
    void write(JsonGenerator json) throws IOException;
  }

  /** A document that is one object. */
  public static byte[] bytes(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = new WellFormed(MAPPER.getFactory().createGenerator(bytes))) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes whatever is written", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes half a surrogate pair, which clients can send as an escape, as a question mark: it has
   * no form in UTF-8, and the generator would fail, even on the document that says what is wrong.
   */
  private static final class WellFormed extends JsonGeneratorDelegate {
    WellFormed(JsonGenerator json) {
      super(json);
    }

    @Override
    public void writeString(String text) throws IOException {
      super.writeString(
          text.chars().anyMatch(unit -> Character.isSurrogate((char) unit))
              ? new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
              : text);
    }
  }

  /** Reads the fields of an object, one after the other. */
  @FunctionalInterface
  public interface FieldReader {
    /**
     * Reads one field's value.
     *
     * @param json stands at the value's first token, and is to stand at its last one afterwards:
     *     {@link JsonParser#skipChildren} for what is of no interest
     */
    void read(String field, JsonParser json) throws IOException;
  }

  /**
   * Reads a document in UTF-8 that is one object, without making a tree of it: a hostile one of few
   * bytes would grow to many.
   *
   * @throws ProblemException 400, if it is not
   */
  public static void readObject(byte[] document, FieldReader fields) {
    try (JsonParser json = MAPPER.getFactory().createParser(characters(document))) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ProblemException.badRequest("the body is to be a JSON object");
      }
      readFields(json, fields);
      if (json.nextToken() != null) {
        throw ProblemException.badRequest("the body goes on behind its JSON object");
      }
    } catch (StreamConstraintsException e) {
      throw ProblemException.badRequest(
          "the body's JSON is more than any request has: " + e.getOriginalMessage());
    } catch (JacksonException e) {
      throw ProblemException.badRequest("the body is not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw ProblemException.badRequest("the body's JSON is not in UTF-8");
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is read without fail", e);
    }
  }

  /** Strictly, so that places in the text can be found in the bytes. */
  private static Reader characters(byte[] document) {
    int first = textStart(document);
    return new InputStreamReader(
        new ByteArrayInputStream(document, first, document.length - first),
        StandardCharsets.UTF_8.newDecoder());
  }

  /** Where a document's text begins: behind its byte order mark, if it has one. */
  public static int textStart(byte[] document) {
    return Arrays.equals(document, 0, Math.min(3, document.length), MARK, 0, 3) ? 3 : 0;
  }

  /** Reads an object whose first token the parser stands at. */
  public static void readFields(JsonParser json, FieldReader fields) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      fields.read(field, json);
    }
  }

  /** What reads and writes everything else. */
  public static JsonMapper mapper() {
    return MAPPER;
  }
}
