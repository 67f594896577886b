package org.food4j.data.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The name of a zip's member as a path below the folder that it is unpacked to.
 *
 * @param text the name as it stands in the archive, backslashes turned to {@code /}
 * @param segments the path's parts, without empty ones and {@code .}
 */
record MemberName(String text, List<String> segments) {
  private static final int UNICODE_PATH = 0x7075;
  private static final Charset CP437 = Charset.forName("IBM437");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

  /** What file systems hold: ext4, NTFS and APFS all take 255, of bytes or of characters. */
  private static final int MOST_SEGMENT_BYTES = 255;

  private static final int MOST_CHARACTERS = 1000;
  private static final int MOST_SEGMENTS = 32;
  private static final int SHOWN_CHARACTERS = 200;

  MemberName {
    segments = List.copyOf(segments);
  }

  /** The name of a member. */
  static MemberName of(ZipMember member) {
    String text = decode(member).replace('\\', '/');
    return new MemberName(
        text,
        Arrays.stream(text.split("/"))
            .filter(segment -> !segment.isEmpty() && !segment.equals("."))
            .toList());
  }

  /**
   * Info-ZIP's Unicode field if it belongs to this name; else UTF-8 if the bytes are, flag or not
   * (macOS forgets the flag); else the code page 437 that the format began with.
   */
  private static String decode(ZipMember member) {
    ByteBuffer unicode = ZipMember.field(member.extra(), UNICODE_PATH);
    if (unicode.remaining() > 5 && unicode.get() == 1 && unicode.getInt() == crc(member)) {
      Optional<String> name = utf8(unicode);
      if (name.isPresent()) {
        return name.get();
      }
    }
    ByteBuffer raw = ByteBuffer.wrap(member.rawName());
    return utf8(raw).orElseGet(() -> new String(member.rawName(), CP437));
  }

  private static int crc(ZipMember member) {
    CRC32 crc = new CRC32();
    crc.update(member.rawName());
    return (int) crc.getValue();
  }

  private static Optional<String> utf8(ByteBuffer bytes) {
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether it names a folder. */
  boolean isFolder() {
    return text.endsWith("/");
  }

  /** The path, with {@code /} between its parts. */
  String path() {
    return String.join("/", segments);
  }

  /** The name as it is listed: shortened if need be. */
  String shown() {
    return text.length() <= SHOWN_CHARACTERS
        ? text
        : text.substring(0, SHOWN_CHARACTERS) + "... (" + text.length() + " characters)";
  }

  /** Why nothing is unpacked under this name; empty for a good one. */
  Optional<String> problem() {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return Optional.of("a control character in its name");
    }
    if (text.startsWith("/")) {
      return Optional.of("an absolute path");
    }
    if (DRIVE.matcher(text).matches()) {
      return Optional.of("a path with a drive letter");
    }
    if (segments.contains("..")) {
      return Optional.of("a path that leads out of the folder");
    }
    if (segments.isEmpty()) {
      return Optional.of("no name");
    }
    if (text.length() > MOST_CHARACTERS
        || segments.size() > MOST_SEGMENTS
        || segments.stream()
            .anyMatch(s -> s.getBytes(StandardCharsets.UTF_8).length > MOST_SEGMENT_BYTES)) {
      return Optional.of("a name that is too long for file systems");
    }
    return Optional.empty();
  }
}
