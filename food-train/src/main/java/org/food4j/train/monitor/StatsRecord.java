package org.food4j.train.monitor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.StorageMetaData;
import org.deeplearning4j.core.storage.StorageType;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsInitializationReport;
import org.deeplearning4j.ui.model.stats.impl.SbeStatsReport;
import org.deeplearning4j.ui.model.storage.impl.SbeStorageMetaData;

/**
 * One of the things that DL4J's {@code StatsListener} tells, with the forms in which it is kept and
 * sent.
 *
 * @param type what it is: of the session, of the network, or of a step
 * @param content in DL4J's own binary form
 */
record StatsRecord(StorageType type, Persistable content) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What may be told: names that come from outside create nothing else. */
  private static final Map<String, Supplier<Persistable>> CLASSES =
      Map.of(
          SbeStorageMetaData.class.getName(), SbeStorageMetaData::new,
          SbeStatsInitializationReport.class.getName(), SbeStatsInitializationReport::new,
          SbeStatsReport.class.getName(), SbeStatsReport::new);

  /**
   * What DL4J's {@code RemoteUIStatsStorageRouter} posts.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  static StatsRecord ofJson(byte[] json) {
    try {
      JsonNode node = JSON.readTree(json);
      return of(
          node.path("type").asText(), node.path("class").asText(), node.path("data").binaryValue());
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Expected a JSON object with type, class and data (Base64): " + e.getMessage(), e);
    }
  }

  /** For DL4J's receiver. */
  byte[] toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("type", type.name());
    fields.put("class", content.getClass().getName());
    fields.put("data", content.encode());
    try {
      return JSON.writeValueAsBytes(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts and bytes can always be written", e);
    }
  }

  /**
   * A record of a {@code stats.bin}.
   *
   * @throws IllegalArgumentException if that is not what it is
   */
  static StatsRecord parse(byte[] message) {
    String type = "";
    String name = "";
    byte[] data = {};
    CodedInputStream in = CodedInputStream.newInstance(message);
    try {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (WireFormat.getTagFieldNumber(tag)) {
          case 1 -> type = in.readString();
          case 2 -> name = in.readString();
          case 3 -> data = in.readByteArray();
          default -> in.skipField(tag);
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("Not a protobuf message: " + e.getMessage(), e);
    }
    return of(type, name, data);
  }

  /** For a {@code stats.bin}. */
  byte[] toByteArray() {
    return new Message()
        .text(1, type.name())
        .text(2, content.getClass().getName())
        .bytes(3, content.encode())
        .toByteArray();
  }

  private static StatsRecord of(String type, String name, byte[] data) {
    StorageType known =
        Arrays.stream(StorageType.values())
            .filter(each -> each.name().equals(type))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The type is one of %s, not %s"
                            .formatted(Arrays.toString(StorageType.values()), type)));
    Supplier<Persistable> created = CLASSES.get(name);
    if (created == null || data == null) {
      throw new IllegalArgumentException(
          "The class is one of %s with its data, not %s"
              .formatted(CLASSES.keySet().stream().sorted().collect(Collectors.toList()), name));
    }
    Persistable content = created.get();
    if ((known == StorageType.MetaData) != (content instanceof StorageMetaData)) {
      throw new IllegalArgumentException("A %s is no %s".formatted(name, known));
    }
    try {
      content.decode(data);
    } catch (RuntimeException e) { // of Agrona, whose decoders check nothing
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d bytes are no %s: %s", data.length, name, e.getMessage()),
          e);
    }
    return new StatsRecord(known, content);
  }

  void putInto(StatsStorageRouter storage) {
    switch (type) {
      case MetaData -> storage.putStorageMetaData((StorageMetaData) content);
      case StaticInfo -> storage.putStaticInfo(content);
      case Update -> storage.putUpdate(content);
    }
  }

  /** Of a step: which, from 0; of anything else -1. */
  int iteration() {
    return content instanceof SbeStatsReport report ? report.getIterationCount() : -1;
  }
}
