package org.food4j.server.http;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;

/**
 * The socket that listens, and its end. The operating system completes connections by itself and
 * keeps them in a queue until the server accepts them; clients see them as open, and send. Closing
 * the socket resets all that are still in there, so they are accepted before.
 *
 * <p>Its selector accepts, and no thread of its own: a thread that waits in {@code accept} ends by
 * nothing but the closing that is to be avoided.
 */
final class Listener extends ServerConnector {
  private volatile boolean ended;

  Listener(Server server, HttpConfiguration http) {
    super(server, 0, 1, new HttpConnectionFactory(http));
  }

  /** Once listening has ended, nothing makes it begin again: not a limit that is no longer met. */
  @Override
  public void setAccepting(boolean accepting) {
    super.setAccepting(accepting && !ended);
  }

  /**
   * Accepts what has connected, whatever limit there is otherwise, and listens no more: who
   * connects from now on is refused. Has no effect where nothing listens.
   *
   * <p>It accepts as many as the queue holds, so that a flood does not keep it from its end.
   * Between the last look into the queue and the closing lie some microseconds, and no system call
   * does both: a client whose handshake ends in between is reset, as is one whose last packet of
   * the handshake is still on its way. Whoever must not lose those tells clients to go elsewhere
   * first, as Kubernetes does during {@code preStop}.
   *
   * @throws IOException if the queue cannot be emptied: the process has too many open files
   */
  void end() throws IOException {
    ended = true;
    setAccepting(false);
    ServerSocketChannel listening = (ServerSocketChannel) getTransport();
    if (listening == null) {
      return;
    }
    try {
      // the selector lets go of it in its own time; closed before, it would go on to listen until
      // then, with nobody who accepts
      for (int i = 0; listening.isRegistered() && i < 1000; i++) {
        LockSupport.parkNanos(1_000_000);
      }
      SocketChannel client = listening.accept();
      for (int i = 0; client != null; i++) {
        client.configureBlocking(false);
        configure(client.socket());
        getSelectorManager().accept(client);
        client = i < getAcceptQueueSize() ? listening.accept() : null;
      }
    } finally {
      listening.close();
    }
  }

  @Override
  public void close() {
    super.close();
    IO.close((ServerSocketChannel) getTransport()); // which without acceptors nobody else does
  }
}
