package org.food4j.models.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;

/**
 * A model file on ONNX Runtime.
 *
 * <p>The file has one float32 input {@code [batch, 3, size, size]} and a float32 output {@code
 * logits} {@code [batch, classes]}, as specified in {@code models.onnx}. Safe for use from several
 * threads; calls are computed one after the other, each on as many threads as the settings say. The
 * buffers shared with the runtime are kept for the next batch of the same size.
 */
public final class OnnxClassifier implements Classifier {
  private static final String LOGITS = "logits";
  private static final int CHANNELS = 3;

  private final OrtEnvironment environment;
  private final SessionOptions options;
  private final OrtSession session;
  private final ExecutionProvider provider;
  private final Map<String, String> metadata;
  private final String inputName;
  private final int inputSize;
  private final int classes;

  private final Object lock = new Object();
  private Batch buffers = Batch.NONE;
  private boolean closed;

  private OnnxClassifier(
      OrtEnvironment environment,
      SessionOptions options,
      ExecutionProvider provider,
      OrtSession session,
      Path model)
      throws OrtException, UnreadableModelException {
    this.environment = environment;
    this.provider = provider;
    this.options = options;
    this.session = session;
    if (session.getNumInputs() != 1 || !session.getOutputNames().contains(LOGITS)) {
      throw new UnreadableModelException(
          model,
          "a classifier has one input and an output named '%s'; this file has inputs %s and outputs %s"
              .formatted(LOGITS, session.getInputNames(), session.getOutputNames()));
    }
    inputName = session.getInputNames().iterator().next();
    if (!(session.getInputInfo().get(inputName).getInfo() instanceof TensorInfo input)
        || !(session.getOutputInfo().get(LOGITS).getInfo() instanceof TensorInfo output)) {
      throw new UnreadableModelException(model, "its input or its logits are not tensors");
    }
    long[] photo = input.getShape();
    long[] scores = output.getShape();
    if (photo.length != 4
        || photo[1] != CHANNELS
        || photo[2] < 1
        || photo[2] != photo[3]
        || input.type != OnnxJavaType.FLOAT
        || scores.length != 2
        || scores[1] < 1
        || output.type != OnnxJavaType.FLOAT) {
      throw new UnreadableModelException(
          model,
          "a classifier maps float32 [batch, 3, size, size] to float32 [batch, classes], not %s %s to %s %s (-1: free)"
              .formatted(input.type, Arrays.toString(photo), output.type, Arrays.toString(scores)));
    }
    inputSize = Math.toIntExact(photo[2]);
    classes = Math.toIntExact(scores[1]);
    metadata = Map.copyOf(session.getMetadata().getCustomMetadata());
  }

  /**
   * Opens a model file with {@link RuntimeSettings#alone()}.
   *
   * @throws UnreadableModelException if it is missing, not a complete ONNX file, or not a
   *     classifier
   */
  public static OnnxClassifier open(Path model) throws IOException {
    return open(model, RuntimeSettings.alone());
  }

  /**
   * Opens a model file.
   *
   * @throws UnavailableProviderException if the runtime cannot compute where the settings say
   * @throws UnreadableModelException if it is missing, not a complete ONNX file, or not a
   *     classifier
   */
  public static OnnxClassifier open(Path model, RuntimeSettings settings) throws IOException {
    OnnxModelFile.requireFile(model);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    OrtSession session = null;
    boolean opened = false;
    try {
      settings.provider().configure(options);
      options.setIntraOpNumThreads(settings.threads());
      options.addConfigEntry("session.intra_op.allow_spinning", settings.spinning() ? "1" : "0");
      session = environment.createSession(model.toString(), options);
      OnnxClassifier classifier =
          new OnnxClassifier(environment, options, settings.provider(), session, model);
      opened = true;
      return classifier;
    } catch (OrtException e) {
      throw new UnreadableModelException(
          model,
          "ONNX Runtime cannot load it for %s (%s)"
              .formatted(settings.provider().title(), e.getMessage()),
          e);
    } finally {
      if (!opened) {
        close(session, options);
      }
    }
  }

  /** The file's {@code metadata_props}. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int inputSize() {
    return inputSize;
  }

  @Override
  public float[] logits(float[] input, int batch) {
    long expected = (long) batch * CHANNELS * inputSize * inputSize;
    if (batch < 1 || input.length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A batch of %d photos of %d x %d pixels takes %d floats, not %d",
              batch,
              inputSize,
              inputSize,
              Math.max(0, expected),
              input.length));
    }
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("This classifier has been closed");
      }
      try {
        if (buffers.size != batch) {
          buffers.close();
          buffers = Batch.NONE;
          buffers = new Batch(environment, batch, inputSize, classes);
        }
        buffers.photos.put(0, input);
        session.run(Map.of(inputName, buffers.input), Map.of(LOGITS, buffers.output)).close();
      } catch (OrtException e) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "ONNX Runtime failed on a batch of %d: %s", batch, e.getMessage()),
            e);
      }
      float[] logits = new float[batch * classes];
      buffers.scores.get(0, logits);
      return logits;
    }
  }

  @Override
  public String runtime() {
    return "ONNX Runtime " + environment.getVersion() + ", " + provider.title();
  }

  /** Releases the runtime's memory and threads. Later calls of {@link #logits} fail. */
  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        buffers.close();
        close(session, options);
      }
    }
  }

  /** The runtime asks for the options to outlive the session. */
  private static void close(OrtSession session, SessionOptions options) {
    try (options) {
      if (session != null) {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime could not close: " + e.getMessage(), e);
    }
  }

  /** Native buffers of one batch size, and the runtime's views of them. */
  private static final class Batch implements AutoCloseable {
    static final Batch NONE = new Batch();

    final int size;
    final FloatBuffer photos;
    final FloatBuffer scores;
    final OnnxTensor input;
    final OnnxTensor output;

    private Batch() {
      size = 0;
      photos = FloatBuffer.allocate(0);
      scores = photos;
      input = null;
      output = null;
    }

    Batch(OrtEnvironment environment, int size, int inputSize, int classes) throws OrtException {
      this.size = size;
      photos = direct(size * CHANNELS * inputSize * inputSize);
      scores = direct(size * classes);
      input =
          OnnxTensor.createTensor(
              environment, photos, new long[] {size, CHANNELS, inputSize, inputSize});
      output = OnnxTensor.createTensor(environment, scores, new long[] {size, classes});
    }

    private static FloatBuffer direct(int floats) {
      return ByteBuffer.allocateDirect(Math.multiplyExact(floats, Float.BYTES))
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }

    @Override
    public void close() {
      if (size > 0) {
        input.close();
        output.close();
      }
    }
  }
}
