package org.food4j.server.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A connection that sends whatever it is given, HTTP or not. Not thread-safe. */
public final class RawClient implements Closeable {
  private final Socket socket = new Socket();
  private final InputStream in;

  /** Connects. */
  public RawClient(URI address) throws IOException {
    this(address, 20_000);
  }

  /** Connects, and waits at most so long for anything. */
  public RawClient(URI address, int millis) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(millis);
    socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), millis);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** One request on a connection of its own, and its answer. */
  public static Answered ask(
      URI address, String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    try (RawClient client = new RawClient(address)) {
      client.send(request(method, path, headers, body));
      return client.read(method).orElseThrow(() -> new EOFException("closed without an answer"));
    }
  }

  /** The same without headers and body. */
  public static Answered get(URI address, String path) throws IOException {
    return ask(address, "GET", path, Map.of(), new byte[0]);
  }

  /** The same with a body. */
  public static Answered post(URI address, String path, String mediaType, byte[] body)
      throws IOException {
    return ask(address, "POST", path, Map.of("Content-Type", mediaType), body);
  }

  /** The bytes of a request. */
  public static byte[] request(
      String method, String path, Map<String, String> headers, byte[] body) {
    StringBuilder head =
        new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (body.length > 0 || method.equals("POST")) {
      head.append("Content-Length: " + body.length + "\r\n");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  /** Sends bytes. */
  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends characters, one byte each. */
  public void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends nothing more, and still reads. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes as a process that is gone does: by a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /**
   * Reads an answer.
   *
   * @return empty if the connection was closed before its first byte
   */
  public Optional<Answered> read() throws IOException {
    return read("GET");
  }

  /** Reads the answer to a request of this method. */
  public Optional<Answered> read(String method) throws IOException {
    String start = line();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    int status = Integer.parseInt(start.split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if (status == 100) {
      return read(method);
    }
    if (method.equals("HEAD") || status == 204) {
      return Optional.of(new Answered(status, headers, new byte[0]));
    }
    String length = headers.get("content-length");
    byte[] body = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    if (length != null && body.length < Integer.parseInt(length)) {
      throw new EOFException("closed within an answer");
    }
    return Optional.of(new Answered(status, headers, body));
  }

  /**
   * Reads so many bytes, whatever they are.
   *
   * @throws IOException if the server closes before
   */
  public void skip(int bytes) throws IOException {
    in.skipNBytes(bytes);
  }

  /** Whether the server has closed the connection, or does within the time-out. */
  public boolean isClosedByServer() {
    try {
      in.readAllBytes(); // it may say why
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Without its end; empty at the end of the stream, too. */
  private String line() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      bytes.write(c);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
