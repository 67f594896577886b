package org.food4j.server.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.food4j.server.http.ProblemException.Problem;

/**
 * Reads bodies as they come, no thread waiting for them: a body that is said to be too large is
 * refused before its first byte is read, one that grows too large at once, one that takes too long
 * after a time, and any when the bodies of all requests that are not answered yet take too much
 * memory together.
 */
final class BodyReader {
  private static final int FIRST = 64 << 10;

  /** How much is still taken of a body that has been refused: so many times the largest one. */
  private static final long DISCARDED = 4;

  private static final long DISCARDING_MILLIS = 3000;

  private final int mostBytes;
  private final long mostBytesTogether;
  private final long mostMillis;
  private final Scheduler scheduler;
  private static final String READING = BodyReader.class.getName();

  private final AtomicLong held = new AtomicLong();

  /**
   * @param mostBytes of one body
   * @param mostBytesTogether of the bodies of all requests that are not answered yet
   * @param mostMillis for one body to come
   */
  BodyReader(int mostBytes, long mostBytesTogether, long mostMillis, Scheduler scheduler) {
    this.mostBytes = mostBytes;
    this.mostBytesTogether = mostBytesTogether;
    this.mostMillis = mostMillis;
    this.scheduler = scheduler;
  }

  CompletableFuture<byte[]> read(Request request) {
    long length = request.getLength();
    if (length > mostBytes) {
      return CompletableFuture.failedFuture(tooLarge());
    }
    Reading reading = new Reading(request, length);
    request.setAttribute(READING, reading);
    // an endpoint may keep the body, or what it made of it, until it has answered
    Request.addCompletionListener(request, failure -> reading.forget());
    Scheduler.Task timeout =
        scheduler.schedule(reading::tooSlow, mostMillis, TimeUnit.MILLISECONDS);
    reading.done.whenComplete((body, thrown) -> timeout.cancel());
    reading.run();
    return reading.done;
  }

  /**
   * Takes what is left of a body that has been refused, for a while and not for ever, and keeps
   * nothing of it.
   *
   * @param callback is told of the end
   */
  void discard(Request request, Callback callback) {
    new Discarding(request, callback).begin();
  }

  /**
   * A request's body is of no use any more: its answer is there, however long it takes to be read.
   */
  void release(Request request) {
    if (request.getAttribute(READING) instanceof Reading reading) {
      reading.forget();
    }
  }

  /** Bytes of bodies that have come, in part or whole, of requests that are not answered yet. */
  long held() {
    return held.get();
  }

  private ProblemException tooLarge() {
    return new ProblemException(
        Problem.TOO_LARGE,
        String.format(
            Locale.ROOT, "a body is at most %d bytes: send a smaller photo, or fewer", mostBytes));
  }

  /** One body on its way. */
  private final class Reading implements Runnable {
    private final Request request;
    private final CompletableFuture<byte[]> done = new CompletableFuture<>();
    private byte[] bytes;
    private int count;
    private int holding;
    private boolean ended;

    Reading(Request request, long length) {
      this.request = request;
      // what is said to come is believed in steps: memory follows what has come
      bytes = new byte[(int) Math.min(length < 0 ? FIRST : length, FIRST)];
    }

    @Override
    public void run() {
      for (Step step = next(); step != Step.WAIT; step = next()) {
        if (step == Step.END) {
          return;
        }
      }
      try {
        request.demand(this);
      } catch (IllegalStateException e) {
        if (!done.isDone()) { // else it is over already: the time was, or the client is gone
          throw e;
        }
      }
    }

    /** Takes one chunk, if there is one. */
    private Step next() {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        return Step.WAIT;
      }
      if (Content.Chunk.isFailure(chunk)) {
        return fail(
            ProblemException.badRequest(
                "the body did not come whole: " + chunk.getFailure().getMessage()));
      }
      try {
        return take(chunk);
      } finally {
        chunk.release();
      }
    }

    private Step take(Content.Chunk chunk) {
      int more = chunk.remaining();
      if (more > mostBytes - count) {
        return fail(tooLarge());
      }
      if (!hold(more)) {
        return fail(ProblemException.overloaded("too many uploads at once: try again"));
      }
      if (count + more > bytes.length) {
        int room = Math.max(count + more, (int) Math.min(mostBytes, 2L * count));
        bytes = Arrays.copyOf(bytes, room);
      }
      chunk.getByteBuffer().get(bytes, count, more);
      count += more;
      if (!chunk.isLast()) {
        return done.isDone() ? Step.END : Step.MORE;
      }
      if (end()) {
        done.complete(count == bytes.length ? bytes : Arrays.copyOf(bytes, count));
      }
      return Step.END;
    }

    /** Counts bytes among those of all bodies. */
    private synchronized boolean hold(int more) {
      if (ended) {
        return false;
      }
      if (held.addAndGet(more) > mostBytesTogether) {
        held.addAndGet(-more);
        return false;
      }
      holding += more;
      return true;
    }

    /** Whether this is the first end of it. */
    private synchronized boolean end() {
      boolean first = !ended;
      ended = true;
      return first;
    }

    /** Counts its bytes no more. */
    private synchronized void forget() {
      ended = true;
      held.addAndGet(-holding);
      holding = 0;
    }

    private Step fail(ProblemException problem) {
      if (end()) {
        forget();
        done.completeExceptionally(problem);
      }
      return Step.END;
    }

    private void tooSlow() {
      fail(
          new ProblemException(
              Problem.REQUEST_TIMEOUT,
              String.format(Locale.ROOT, "a body is to come within %d s", mostMillis / 1000)));
    }
  }

  /** The rest of a body that nobody wants. */
  private final class Discarding implements Runnable {
    private final Request request;
    private final Callback callback;
    private final AtomicBoolean ended = new AtomicBoolean();
    private long left = DISCARDED * mostBytes;
    private volatile Scheduler.Task timeout = () -> false;

    Discarding(Request request, Callback callback) {
      this.request = request;
      this.callback = callback;
    }

    void begin() {
      timeout = scheduler.schedule(this::end, DISCARDING_MILLIS, TimeUnit.MILLISECONDS);
      run();
    }

    @Override
    public void run() {
      while (!ended.get()) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          demand();
          return;
        }
        boolean failed = Content.Chunk.isFailure(chunk);
        left -= failed ? 0 : chunk.remaining();
        chunk.release();
        if (failed || chunk.isLast() || left < 0) {
          end();
        }
      }
    }

    private void demand() {
      try {
        request.demand(this);
      } catch (IllegalStateException e) {
        if (!ended.get()) { // else it is over already: the time was
          throw e;
        }
      }
    }

    private void end() {
      if (ended.compareAndSet(false, true)) {
        timeout.cancel();
        callback.succeeded();
      }
    }
  }

  private enum Step {
    MORE,
    WAIT,
    END
  }
}
