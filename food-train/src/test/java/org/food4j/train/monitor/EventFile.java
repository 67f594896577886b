package org.food4j.train.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads event files by the descriptors of TensorFlow's own {@code Event} and {@code Summary}. These
 * have a class loader of their own, because ND4J has classes of the same names over another
 * protobuf; their generated parsers are older than today's protobuf allows.
 */
final class EventFile {
  private static final int POLYNOMIAL = 0x82f63b78; // Castagnoli's, reflected

  private static final Descriptor EVENT = event();

  private EventFile() {}

  /** The events; framing and checksums must be right to the last byte. */
  static List<Message> read(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Message> events = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.mark().get(length).reset();
      long size = bytes.getLong();
      assertThat(unmasked(bytes.getInt())).isEqualTo(crc(length));
      byte[] data = new byte[Math.toIntExact(size)];
      bytes.get(data);
      assertThat(unmasked(bytes.getInt())).isEqualTo(crc(data));
      events.add(DynamicMessage.parseFrom(EVENT, data));
    }
    return events;
  }

  /** The only value of an event's summary. */
  static Message value(Message event) {
    List<?> values = (List<?>) field((Message) field(event, "summary"), "value");
    assertThat(values).hasSize(1);
    return (Message) values.get(0);
  }

  /** The field of a message's field, and so on. */
  static Object field(Message message, String... path) {
    Object found = message;
    for (String name : path) {
      Message holder = (Message) found;
      found = holder.getField(holder.getDescriptorForType().findFieldByName(name));
    }
    assertThat(unknownFields(message)).as("fields TensorFlow does not know").isEmpty();
    return found;
  }

  private static List<Integer> unknownFields(Message message) {
    List<Integer> unknown = new ArrayList<>(message.getUnknownFields().asMap().keySet());
    for (Object value : message.getAllFields().values()) {
      List<?> all = value instanceof List<?> list ? list : List.of(value);
      all.stream()
          .filter(Message.class::isInstance)
          .forEach(inner -> unknown.addAll(unknownFields((Message) inner)));
    }
    return unknown;
  }

  private static Descriptor event() {
    try {
      return (Descriptor)
          Class.forName("org.tensorflow.util.Event", true, Proto.LOADER)
              .getMethod("getDescriptor")
              .invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("org.tensorflow:proto has another Event than expected", e);
    }
  }

  private static int unmasked(int masked) {
    int rotated = masked - 0xa282ead8;
    return (rotated >>> 17) | (rotated << 15);
  }

  /** Bit by bit, as in RFC 3720. */
  static int crc(byte[] data) {
    int crc = -1;
    for (byte each : data) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) != 0 ? POLYNOMIAL : 0);
      }
    }
    return ~crc;
  }

  /** TensorFlow's classes from their own jar, everything else from the class path. */
  private static final class Proto extends URLClassLoader {
    static final Proto LOADER = new Proto();

    private Proto() {
      super(new URL[] {jar()}, CodedOutputStream.class.getClassLoader());
    }

    private static URL jar() {
      try {
        // a class that ND4J does not have
        return Class.forName("org.tensorflow.util.EventOrBuilder", false, loader())
            .getProtectionDomain()
            .getCodeSource()
            .getLocation();
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException("org.tensorflow:proto is not on the class path", e);
      }
    }

    private static ClassLoader loader() {
      return EventFile.class.getClassLoader();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("org.tensorflow.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }
  }
}
