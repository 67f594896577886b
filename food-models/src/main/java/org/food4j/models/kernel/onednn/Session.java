package org.food4j.models.kernel.onednn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.dnnl.engine;
import org.bytedeco.dnnl.stream;
import org.food4j.models.kernel.MapShape;

/**
 * What a thread needs to compute with oneDNN: a stream, and memory that all its kernels share,
 * because they run one after the other.
 */
final class Session {
  /** The processor. Thread-safe, as oneDNN's engines are. */
  static final engine ENGINE = new engine(engine.kind.cpu, 0);

  /** Sizes of input that a thread meets in turns: batches of training and validation. */
  private static final int LAYOUTS = 8;

  private static final ThreadLocal<Session> OF_THREAD = ThreadLocal.withInitial(Session::new);

  final stream stream = new stream(ENGINE);

  /** A kernel's working memory while it runs. */
  final Area scratchpad = new Area();

  private final Area weights = new Area();
  private final Area inputs = new Area();
  private final Area outputs = new Area();

  private final Map<Layout, Reorder> layouts =
      new LinkedHashMap<>(2 * LAYOUTS, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Layout, Reorder> eldest) {
          return size() > LAYOUTS;
        }
      };

  private Session() {}

  /** Maps whose channels go last, or first. */
  record Layout(MapShape shape, boolean last) {}

  /** A copy between maps with channels first and last, kept for the next batch. */
  Reorder layout(Layout wanted) {
    return layouts.computeIfAbsent(
        wanted,
        layout -> {
          var last = Layouts.maps(layout.shape());
          var first = Layouts.channelsFirst(layout.shape());
          return layout.last() ? new Reorder(first, last) : new Reorder(last, first);
        });
  }

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
