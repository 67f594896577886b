package org.food4j.data.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Zips as other programs, and attackers, make them: every field of a member can be set. */
public final class ZipBytes {
  static final int UTF8_FLAG = 1 << 11;
  static final int UNIX = 3 << 8;

  private final ByteArrayOutputStream local = new ByteArrayOutputStream();
  private final ByteArrayOutputStream central = new ByteArrayOutputStream();
  private int members;

  /** One member; what is not set is as an honest program writes it. */
  static final class Member {
    private final byte[] name;
    private final byte[] content;
    private byte[] extra = new byte[0];
    private int flags;
    private int method = 8;
    private int madeBy;
    private int attributes;
    private int crcError;
    private int claimedSize = -1;

    Member(byte[] name, byte[] content) {
      this.name = name;
      this.content = content;
    }

    Member flags(int value) {
      flags = value;
      return this;
    }

    Member method(int value) {
      method = value;
      return this;
    }

    Member unixMode(int mode) {
      madeBy = UNIX;
      attributes = mode << 16;
      return this;
    }

    Member extra(byte[] value) {
      extra = value;
      return this;
    }

    Member wrongCrc() {
      crcError = 1;
      return this;
    }

    Member claimedSize(int bytes) {
      claimedSize = bytes;
      return this;
    }
  }

  /** Adds a file as an honest program does. */
  public ZipBytes file(String name, byte[] content) {
    return add(
        new Member(name.getBytes(StandardCharsets.UTF_8), content)
            .flags(name.chars().allMatch(c -> c < 128) ? 0 : UTF8_FLAG));
  }

  ZipBytes add(Member member) {
    byte[] data = member.method == 8 ? deflate(member.content) : member.content;
    CRC32 crc = new CRC32();
    crc.update(member.content);
    int size = member.claimedSize < 0 ? member.content.length : member.claimedSize;
    int offset = local.size();
    ByteBuffer header = buffer(30);
    header.putInt(0x04034b50).putShort((short) 20).putShort((short) member.flags);
    header.putShort((short) member.method).putInt(0);
    header.putInt((int) crc.getValue() ^ member.crcError).putInt(data.length).putInt(size);
    header.putShort((short) member.name.length).putShort((short) 0);
    local.writeBytes(header.array());
    local.writeBytes(member.name);
    local.writeBytes(data);
    ByteBuffer record = buffer(46);
    record.putInt(0x02014b50).putShort((short) (member.madeBy | 20)).putShort((short) 20);
    record.putShort((short) member.flags).putShort((short) member.method).putInt(0);
    record.putInt((int) crc.getValue() ^ member.crcError).putInt(data.length).putInt(size);
    record.putShort((short) member.name.length).putShort((short) member.extra.length);
    record.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    record.putInt(member.attributes).putInt(offset);
    central.writeBytes(record.array());
    central.writeBytes(member.name);
    central.writeBytes(member.extra);
    members++;
    return this;
  }

  /** Many members that share the last member's content, as in an overlapping zip bomb. */
  ZipBytes again(int times, int recordBytes) {
    byte[] all = central.toByteArray();
    for (int i = 1; i <= times; i++) {
      byte[] copy = java.util.Arrays.copyOfRange(all, all.length - recordBytes, all.length);
      String number = "%06d".formatted(i);
      System.arraycopy(number.getBytes(StandardCharsets.US_ASCII), 0, copy, copy.length - 6, 6);
      central.writeBytes(copy);
      members++;
    }
    return this;
  }

  /** The whole archive. */
  public byte[] bytes() {
    ByteBuffer end = buffer(22);
    end.putInt(0x06054b50).putInt(0).putShort((short) members).putShort((short) members);
    end.putInt(central.size()).putInt(local.size()).putShort((short) 0);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(local.toByteArray());
    all.writeBytes(central.toByteArray());
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  /** The whole archive with Zip64's end records, the ordinary one holding nothing. */
  byte[] wideBytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(local.toByteArray());
    all.writeBytes(central.toByteArray());
    ByteBuffer end = buffer(56 + 20 + 22);
    end.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45).putInt(0);
    end.putInt(0).putLong(members).putLong(members).putLong(central.size()).putLong(local.size());
    end.putInt(0x07064b50).putInt(0).putLong(all.size()).putInt(1);
    end.putInt(0x06054b50).putInt(0).putShort((short) -1).putShort((short) -1);
    end.putInt(-1).putInt(-1).putShort((short) 0);
    all.writeBytes(end.array());
    return all.toByteArray();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(9, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }
}
