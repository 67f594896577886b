package org.food4j.train.monitor;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/**
 * TensorFlow's {@code Event} and what it holds, with the field numbers of {@code event.proto},
 * {@code summary.proto}, {@code tensor.proto} and of the hparams plugin's {@code plugin_data.proto}
 * and {@code api.proto}.
 */
final class EventMessages {
  /** What TensorFlow's writers call the format. */
  private static final String FILE_VERSION = "brain.Event:2";

  private static final int SESSION_START = 1;
  private static final int RGB = 3;
  private static final int DT_STRING = 7;

  /** The tag under which the hparams plugin looks for a session's end. */
  private static final String SESSION_END = "_hparams_/session_end_info";

  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  private EventMessages() {}

  static Message fileVersion(Instant time) {
    return event(time, 0).text(3, FILE_VERSION);
  }

  /** Says that training starts again there, and that what other files have from there on is old. */
  static Message sessionStart(Instant time, long step) {
    return event(time, step).message(7, new Message().integer(1, SESSION_START));
  }

  /** An event that holds one value. */
  static Message summary(Instant time, long step, Message value) {
    return event(time, step).message(5, new Message().message(1, value));
  }

  private static Message event(Instant time, long step) {
    return new Message().number(1, seconds(time)).integer(2, step);
  }

  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }

  static Message scalar(String tag, float value) {
    return new Message().text(1, tag).single(2, value);
  }

  static Message image(String tag, EncodedImage image) {
    return new Message()
        .text(1, tag)
        .message(
            4,
            new Message()
                .integer(1, image.height())
                .integer(2, image.width())
                .integer(3, RGB)
                .bytes(4, image.bytes()));
  }

  static Message histogram(String tag, ParameterHistogram histogram) {
    return new Message()
        .text(1, tag)
        .message(
            5,
            new Message()
                .number(1, histogram.min())
                .number(2, histogram.max())
                .number(3, histogram.count())
                .number(4, histogram.sum())
                .number(5, histogram.sumOfSquares())
                .numbers(6, histogram.limits())
                .numbers(7, histogram.counts()));
  }

  /** A tensor of one string, for the text plugin. */
  static Message text(String tag, String markdown) {
    Message shape = new Message().message(2, new Message().integer(1, 1));
    return new Message()
        .text(1, tag)
        .message(
            8,
            new Message()
                .integer(1, DT_STRING)
                .message(2, shape)
                .bytes(8, markdown.getBytes(StandardCharsets.UTF_8)))
        .message(9, plugin("text", new Message()));
  }

  /** The settings of a run for the hparams plugin, which draws up its table from these. */
  static Message hyperparameters(Instant time, String group, Map<String, Object> values) {
    Message session = new Message();
    values.forEach((key, value) -> session.message(1, entry(key, value)));
    session.text(4, group).number(5, seconds(time));
    return new Message()
        .text(1, "_hparams_/session_start_info")
        .message(9, plugin("hparams", new Message().message(3, session)));
  }

  /** That the run with {@link #hyperparameters} has ended, for the hparams plugin. */
  static Message sessionEnd(Instant time, boolean success) {
    Message end = new Message().integer(1, success ? SUCCESS : FAILURE).number(2, seconds(time));
    return new Message()
        .text(1, SESSION_END)
        .message(9, plugin("hparams", new Message().message(4, end)));
  }

  /** Whether an event is of {@link #sessionEnd}. */
  static boolean isSessionEnd(byte[] event) {
    // the tag is in no other event: a substring is enough, in a format of bytes that are letters
    return new String(event, StandardCharsets.ISO_8859_1).contains(SESSION_END);
  }

  /** A pair of a {@code map<string, google.protobuf.Value>}. */
  private static Message entry(String key, Object value) {
    Message held = new Message();
    if (value instanceof Number number) {
      held.number(2, number.doubleValue());
    } else if (value instanceof Boolean flag) {
      held.flag(4, flag);
    } else {
      held.text(3, String.valueOf(value));
    }
    return new Message().text(1, key).message(2, held);
  }

  private static Message plugin(String name, Message content) {
    return new Message().message(1, new Message().text(1, name).message(2, content));
  }
}
