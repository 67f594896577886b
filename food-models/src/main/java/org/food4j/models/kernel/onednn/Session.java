package org.food4j.models.kernel.onednn;

import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;

/**
 * What a thread needs to compute with oneDNN: a stream, and memory that all its kernels share,
 * because they run one after the other.
 */
final class Session {
  /** The processor. Thread-safe, as oneDNN's engines are. */
  static final engine ENGINE = new engine(engine.kind.cpu, 0);

  private static final ThreadLocal<Session> OF_THREAD = ThreadLocal.withInitial(Session::new);

  final stream stream = new stream(ENGINE);

  /** A kernel's working memory while it runs. */
  final Area scratchpad = new Area();

  private final Area weights = new Area();
  private final Area inputs = new Area();
  private final Area outputs = new Area();

  private Session() {}

  static Session current() {
    return OF_THREAD.get();
  }

  /** Weights, or their gradients, in the layout that a convolution prefers. */
  Area weights() {
    return weights;
  }

  /** A convolution's input, or its gradient, in the layout that it prefers. */
  Area inputs() {
    return inputs;
  }

  /** A convolution's output, or its gradient, in the layout that it prefers. */
  Area outputs() {
    return outputs;
  }
}
