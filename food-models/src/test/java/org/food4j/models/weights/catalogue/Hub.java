package org.food4j.models.weights.catalogue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub on this machine that answers as it is told, request by request. */
final class Hub implements AutoCloseable {
  /** An answer to one request. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  /**
   * A request that came.
   *
   * @param range of the header, or null
   * @param ifRange of the header, or null
   */
  record Request(String path, String range, String ifRange) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Answer> answers = Collections.synchronizedList(new ArrayList<>());
  private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());

  /** The last answer is given again and again. */
  Hub(Answer... answers) throws IOException {
    this.answers.addAll(List.of(answers));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    requests.add(
        new Request(
            exchange.getRequestURI().getPath(),
            headers.getFirst("Range"),
            headers.getFirst("If-Range")));
    Answer answer;
    synchronized (answers) {
      answer = answers.size() > 1 ? answers.remove(0) : answers.get(0);
    }
    try (exchange) {
      answer.to(exchange);
    }
  }

  URI base() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  List<Request> requests() {
    return List.copyOf(requests);
  }

  /** The file as it is, or the part of it that is asked for of this version. */
  static Answer file(byte[] content, String tag) {
    return part(content, tag, content.length);
  }

  /** The same, but the connection ends before this byte of the file. */
  static Answer part(byte[] content, String tag, int end) {
    return exchange -> {
      var headers = exchange.getRequestHeaders();
      String range = headers.getFirst("Range");
      boolean resumed = range != null && tag.equals(headers.getFirst("If-Range"));
      int start = resumed ? Integer.parseInt(range.replaceAll("\\D", "")) : 0;
      exchange.getResponseHeaders().set("ETag", tag);
      if (start >= content.length) {
        exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
        exchange.sendResponseHeaders(416, -1);
        return;
      }
      if (resumed) {
        exchange
            .getResponseHeaders()
            .set(
                "Content-Range",
                "bytes %d-%d/%d".formatted(start, content.length - 1, content.length));
      }
      exchange.sendResponseHeaders(resumed ? 206 : 200, content.length - start);
      OutputStream body = exchange.getResponseBody();
      body.write(content, start, Math.max(0, end - start));
      body.flush();
    };
  }

  static Answer status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
