package org.food4j.server.http;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** JSON documents, read and written in UTF-8. */
public final class Json {
  /**
   * Depth as deep as any request of this server; numbers and names no longer than they need be.
   * Names are neither interned nor kept in a table, which a document of a million names would fill.
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
                          .maxStringLength(Integer.MAX_VALUE)
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
   * Reads a document that is one object, without making a tree of it: a hostile one of few bytes
   * would grow to many.
   *
   * @throws ProblemException 400, if it is not
   */
  public static void readObject(byte[] document, FieldReader fields) {
    try (JsonParser json = MAPPER.getFactory().createParser(document)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ProblemException.badRequest("the body is to be a JSON object");
      }
      readFields(json, fields);
      if (json.nextToken() != null) {
        throw ProblemException.badRequest("the body goes on behind its JSON object");
      }
    } catch (JacksonException e) {
      throw ProblemException.badRequest("the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("Memory is read without fail", e);
    }
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
