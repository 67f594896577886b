package org.food4j.data.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** A part of a file as a stream, beside others of the same file. Closing it closes nothing. */
final class ChannelSlice extends InputStream {
  private final FileChannel channel;
  private long position;
  private long left;

  ChannelSlice(FileChannel channel, long position, long length) {
    this.channel = channel;
    this.position = position;
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, into.length);
    int most = (int) Math.min(length, left);
    if (length == 0) {
      return 0;
    }
    if (most <= 0) {
      return -1;
    }
    int read = channel.read(ByteBuffer.wrap(into, from, most), position);
    if (read > 0) {
      position += read;
      left -= read;
    }
    return read;
  }
}
