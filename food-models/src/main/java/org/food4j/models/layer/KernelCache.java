package org.food4j.models.layer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The kernels of the shapes that a layer saw last: a training batch, a validation batch, the last
 * incomplete one of each. A kernel that keeps something from a forward pass for the backward pass
 * must be held by who waits for the latter.
 *
 * @param <S> what a kernel depends on
 * @param <K> the kernel
 */
final class KernelCache<S, K> {
  private static final int SHAPES = 4;

  private final Function<S, K> factory;
  private final Map<S, K> kernels =
      new LinkedHashMap<>(2 * SHAPES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<S, K> eldest) {
          return size() > SHAPES;
        }
      };

  KernelCache(Function<S, K> factory) {
    this.factory = factory;
  }

  K get(S shape) {
    return kernels.computeIfAbsent(shape, factory);
  }
}
