package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.food4j.server.testing.LogCapture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The guard against slow clients, and connections that cannot be looked after. */
@Timeout(30)
class SlowConnectionsFaultTest {
  private static final HttpLimits LIMITS =
      HttpLimits.DEFAULT.withTimes(Duration.ofMillis(1500), Duration.ofSeconds(1));

  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  private Connection connection(LongSupplier bytes) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getBytesIn" -> bytes.getAsLong();
                  case "close" -> closed.complete(null);
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  case "toString" -> "a connection";
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  @Test
  void look_connectionThatFails_isLoggedAndTheOthersAreLookedAfter() throws Exception {
    ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler("test", true);
    SlowConnections guard = new SlowConnections(LIMITS, scheduler);
    try (LogCapture log = LogCapture.started()) {
      scheduler.start();
      guard.start();
      guard.onOpened(
          connection(
              () -> {
                throw new IllegalStateException("no bytes");
              }));
      guard.onOpened(connection(() -> 1)); // a byte of a request, and then none
      closed.get(10, TimeUnit.SECONDS); // which takes more than one look
      assertThat(log.complaints()).isNotEmpty();
    } finally {
      guard.stop();
      scheduler.stop();
    }
  }
}
