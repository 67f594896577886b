package org.food4j.server;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Waits for SIGTERM or SIGINT, so that the server ends in order before the process does. Java's
 * shutdown hooks are no place for it: all of them run at once, and ONNX Runtime's own frees its
 * environment under the feet of what still computes.
 */
final class EndSignals {
  private static final int SIGNALLED = 128;

  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final AtomicReference<String> asked = new AtomicReference<>();
  private final CountDownLatch end = new CountDownLatch(1);

  private EndSignals() {}

  /**
   * Catches both signals from now on. The same one again ends the process at once; the other one
   * does not: Ctrl-C reaches a whole group of processes, and one of them may pass it on as SIGTERM.
   */
  static EndSignals caught() {
    EndSignals signals = new EndSignals();
    try {
      // by name: the compiler warns of any other use, although the module exports it for good
      Class<?> type = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler caught =
          (proxy, method, arguments) -> {
            if (method.getName().equals("handle")) {
              signals.caught(
                  (String) type.getMethod("getName").invoke(arguments[0]),
                  (int) type.getMethod("getNumber").invoke(arguments[0]));
            }
            return null;
          };
      Object handler =
          Proxy.newProxyInstance(
              EndSignals.class.getClassLoader(), new Class<?>[] {handlerType}, caught);
      for (String name : new String[] {"TERM", "INT"}) {
        type.getMethod("handle", type, handlerType)
            .invoke(null, type.getConstructor(String.class).newInstance(name), handler);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java has no signals (module jdk.unsupported)", e);
    }
    return signals;
  }

  private void caught(String name, int number) {
    if (!seen.add(name)) {
      Runtime.getRuntime().halt(SIGNALLED + number);
    }
    asked.compareAndSet(null, name);
    end.countDown();
  }

  /** Returns the name of the first one, {@code "TERM"}, once it has come. */
  String await() throws InterruptedException {
    end.await();
    return asked.get();
  }
}
