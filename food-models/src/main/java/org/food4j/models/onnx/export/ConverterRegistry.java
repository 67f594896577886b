package org.food4j.models.onnx.export;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which {@link OnnxConverter} serves which class. The class must match exactly: a subclass of a
 * layer may compute something else, so it is registered by itself. Not thread-safe while changed.
 */
public final class ConverterRegistry {
  private final Map<Class<?>, OnnxConverter<?>> converters = new LinkedHashMap<>();

  /** A registry without converters. */
  public ConverterRegistry() {}

  /** A new registry with every converter of this library, to which more can be added. */
  public static ConverterRegistry standard() {
    ConverterRegistry registry = new ConverterRegistry();
    ActivationConverters.register(registry);
    ConvolutionConverters.register(registry);
    DeconvolutionConverters.register(registry);
    PoolingConverters.register(registry);
    GlobalPoolingConverters.register(registry);
    NormalizationConverters.register(registry);
    PaddingConverters.register(registry);
    ResamplingConverters.register(registry);
    FeedForwardConverters.register(registry);
    FunctionConverters.register(registry);
    DetectionConverters.register(registry);
    VertexConverters.register(registry);
    BatchConverters.register(registry);
    PreprocessorConverters.register(registry);
    ReshapeConverters.register(registry);
    WrapperConverters.register(registry);
    MapConverters.register(registry);
    return registry;
  }

  /**
   * Makes a converter serve a class, in place of the one that did.
   *
   * @param type exactly this class of layer, vertex, preprocessor or activation function
   * @return this registry
   */
  public <T> ConverterRegistry register(Class<T> type, OnnxConverter<? super T> converter) {
    converters.put(type, converter);
    return this;
  }

  /**
   * Makes the converter of a class serve a subclass that computes the same.
   *
   * @return this registry
   * @throws IllegalArgumentException if {@code like} has no converter
   */
  public <T> ConverterRegistry registerLike(Class<? extends T> type, Class<T> like) {
    OnnxConverter<?> converter = converters.get(like);
    if (converter == null) {
      throw new IllegalArgumentException(
          "%s has no converter that %s could use".formatted(like.getName(), type.getName()));
    }
    converters.put(type, converter);
    return this;
  }

  /** The converter of a part's class. */
  @SuppressWarnings("unchecked") // register() takes only converters that accept the class
  <T> Optional<OnnxConverter<T>> converterOf(T part) {
    return Optional.ofNullable((OnnxConverter<T>) converters.get(part.getClass()));
  }
}
