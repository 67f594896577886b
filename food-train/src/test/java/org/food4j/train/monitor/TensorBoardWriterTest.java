package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.train.monitor.EventFile.field;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Event files, read back record by record with TensorFlow's own messages. */
class TensorBoardWriterTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000L, 250_000_000), ZoneOffset.UTC);

  @TempDir private Path folder;

  private interface Writing {
    void to(TensorBoardWriter writer) throws Exception;
  }

  private List<Message> written(Writing writing) throws Exception {
    Path file;
    try (TensorBoardWriter writer = new TensorBoardWriter(folder, CLOCK)) {
      writing.to(writer);
      file = writer.file();
    }
    return EventFile.read(file);
  }

  @Test
  void crc_ofTheStandardsExample_isItsValue() {
    assertThat(EventFile.crc("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xe3069283);
  }

  @Test
  void file_withoutValues_holdsTheVersion() throws Exception {
    List<Message> events = written(writer -> {});
    assertThat(events).hasSize(1);
    assertThat(field(events.get(0), "file_version")).isEqualTo("brain.Event:2");
    assertThat(field(events.get(0), "wall_time")).isEqualTo(1_700_000_000.25);
    assertThat(field(events.get(0), "step")).isEqualTo(0L);
  }

  @Test
  void file_ofASecondInTheSameSecond_hasALaterName() throws Exception {
    try (TensorBoardWriter first = new TensorBoardWriter(folder, CLOCK);
        TensorBoardWriter second = new TensorBoardWriter(folder, CLOCK)) {
      assertThat(first.file().getFileName().toString())
          .matches("events\\.out\\.tfevents\\.1700000000\\.[A-Za-z0-9._-]+\\.food4j");
      assertThat(second.file().getFileName().toString())
          .startsWith("events.out.tfevents.1700000001.");
    }
  }

  @Test
  void scalar_readBack_isTheSame() throws Exception {
    List<Message> events =
        written(
            writer -> {
              writer.scalar("loss/train", 0.1, 7);
              writer.scalar("Crème brûlée", -3e8, 1L << 40);
            });
    assertThat(events).hasSize(3);
    assertThat(field(events.get(1), "step")).isEqualTo(7L);
    assertThat(field(events.get(1), "wall_time")).isEqualTo(1_700_000_000.25);
    assertThat(field(EventFile.value(events.get(1)), "tag")).isEqualTo("loss/train");
    assertThat(field(EventFile.value(events.get(1)), "simple_value")).isEqualTo(0.1f);
    assertThat(field(events.get(2), "step")).isEqualTo(1L << 40);
    assertThat(field(EventFile.value(events.get(2)), "tag")).isEqualTo("Crème brûlée");
    assertThat(field(EventFile.value(events.get(2)), "simple_value")).isEqualTo(-3e8f);
  }

  @Test
  void histogram_readBack_isTheSame() throws Exception {
    ParameterHistogram histogram = ParameterHistogram.of(-1.5f, 0, 0.25f, 0.25f, 3);
    Message value =
        EventFile.value(written(writer -> writer.histogram("conv/W", histogram, 3)).get(1));
    assertThat(field(value, "tag")).isEqualTo("conv/W");
    assertThat(field(value, "histo", "min")).isEqualTo(-1.5);
    assertThat(field(value, "histo", "max")).isEqualTo(3.0);
    assertThat(field(value, "histo", "num")).isEqualTo(5.0);
    assertThat(field(value, "histo", "sum")).isEqualTo(2.0);
    assertThat(field(value, "histo", "sum_squares")).isEqualTo(2.25 + 2 * 0.0625 + 9);
    assertThat((List<?>) field(value, "histo", "bucket_limit"))
        .isEqualTo(Arrays.stream(histogram.limits()).boxed().toList());
    assertThat((List<?>) field(value, "histo", "bucket"))
        .isEqualTo(Arrays.stream(histogram.counts()).boxed().toList());
  }

  @Test
  void image_readBack_isTheSame() throws Exception {
    byte[] bytes = {(byte) 0x89, 'P', 'N', 'G', 0, -1};
    Message value =
        EventFile.value(
            written(writer -> writer.image("photo", new EncodedImage(30, 20, bytes), 0)).get(1));
    assertThat(field(value, "tag")).isEqualTo("photo");
    assertThat(field(value, "image", "width")).isEqualTo(30);
    assertThat(field(value, "image", "height")).isEqualTo(20);
    assertThat(field(value, "image", "colorspace")).isEqualTo(3);
    assertThat(field(value, "image", "encoded_image_string")).isEqualTo(ByteString.copyFrom(bytes));
  }

  @Test
  void text_readBack_isATensorOfOneString() throws Exception {
    Message value =
        EventFile.value(written(writer -> writer.text("recipe", "| ä | b |", 0)).get(1));
    assertThat(field(value, "metadata", "plugin_data", "plugin_name")).isEqualTo("text");
    assertThat(field(value, "tensor", "dtype")).hasToString("DT_STRING");
    List<?> dimensions = (List<?>) field(value, "tensor", "tensor_shape", "dim");
    assertThat(dimensions).hasSize(1);
    assertThat(field((Message) dimensions.get(0), "size")).isEqualTo(1L);
    assertThat((List<?>) field(value, "tensor", "string_val"))
        .isEqualTo(List.of(ByteString.copyFromUtf8("| ä | b |")));
  }

  @Test
  void restart_readBack_isASessionStart() throws Exception {
    Message event = written(writer -> writer.restart(41)).get(1);
    assertThat(field(event, "step")).isEqualTo(41L);
    assertThat(field(event, "session_log", "status")).hasToString("START");
  }

  @Test
  void hyperparameters_readBack_areTyped() throws Exception {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("model", "se_cnn");
    settings.put("epochs", 40.0);
    settings.put("nesterov", true);
    Message value =
        EventFile.value(written(writer -> writer.hyperparameters("first", settings)).get(1));
    assertThat(field(value, "tag")).isEqualTo("_hparams_/session_start_info");
    assertThat(field(value, "metadata", "plugin_data", "plugin_name")).isEqualTo("hparams");
    ByteString content = (ByteString) field(value, "metadata", "plugin_data", "content");
    UnknownFieldSet session = fields(fields(content).getField(3).getLengthDelimitedList().get(0));
    assertThat(session.getField(4).getLengthDelimitedList().get(0).toStringUtf8())
        .isEqualTo("first");
    assertThat(Double.longBitsToDouble(session.getField(5).getFixed64List().get(0)))
        .isEqualTo(1_700_000_000.25);
    Map<String, Value> read = new LinkedHashMap<>();
    for (ByteString pair : session.getField(1).getLengthDelimitedList()) {
      UnknownFieldSet entry = fields(pair);
      read.put(
          entry.getField(1).getLengthDelimitedList().get(0).toStringUtf8(),
          Value.parseFrom(entry.getField(2).getLengthDelimitedList().get(0)));
    }
    assertThat(read)
        .isEqualTo(
            Map.of(
                "model", Value.newBuilder().setStringValue("se_cnn").build(),
                "epochs", Value.newBuilder().setNumberValue(40).build(),
                "nesterov", Value.newBuilder().setBoolValue(true).build()));
  }

  private static UnknownFieldSet fields(ByteString message) throws Exception {
    return UnknownFieldSet.parseFrom(CodedInputStream.newInstance(message.toByteArray()));
  }

  @Test
  void file_beforeItIsClosed_holdsWholeRecordsOnly() throws Exception {
    try (TensorBoardWriter writer = new TensorBoardWriter(folder, CLOCK)) {
      int longest = 0;
      for (int step = 0; step < 20_000; step++) {
        writer.scalar("loss", step, step);
        if (step % 997 == 0) {
          longest = Math.max(longest, EventFile.read(writer.file()).size());
        }
      }
      assertThat(longest).isGreaterThan(1000); // without a flush, or there was nothing to see
      assertThat(EventFile.read(writer.file())).hasSizeLessThan(20_001);
      writer.flush();
      assertThat(EventFile.read(writer.file())).hasSize(20_001);
      assertThat(Files.size(writer.file())).isGreaterThan(20_000L * 32);
    }
  }
}
