package org.food4j.models.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;
import org.food4j.models.onnx.endpoint.ClassifierHead;
import org.food4j.models.onnx.runtime.BatchDependence;
import org.food4j.models.onnx.runtime.RuntimeHazards;

/**
 * A model file on ONNX Runtime.
 *
 * <p>The file has one input for square photos: float32 or float16, {@code [batch, 3, size, size]}
 * or {@code [batch, size, size, 3]}, or uint8 of either layout, which are then pixels. It has an
 * output with scores, float32 or float16 {@code [batch, classes]}, and may have more. Where it
 * fixes the batch, photos are computed so many at a time. Probabilities are turned into logits,
 * their logarithms.
 *
 * <p>Safe for use from several threads; calls are computed one after the other, each on as many
 * threads as the settings say. The memory shared with the runtime is kept, as large as the largest
 * batch needed.
 */
public final class OnnxClassifier implements Classifier {
  private final OrtEnvironment environment;
  private final SessionOptions options;
  private final OrtSession session;
  private final ExecutionProvider provider;
  private final Map<String, String> metadata;
  private final PhotoInput photo;
  private final ScoreOutput score;
  private final Optional<PixelLevels> levels;
  private final boolean dependsOnBatch;

  private final Object lock = new Object();
  private final NativeMemory memory;
  private boolean closed;

  private OnnxClassifier(
      OrtEnvironment environment,
      SessionOptions options,
      ExecutionProvider provider,
      OrtSession session,
      Path model,
      ModelOutline outline,
      ForeignModel said)
      throws OrtException, UnreadableModelException {
    this.environment = environment;
    this.provider = provider;
    this.options = options;
    this.session = session;
    metadata = outline.metadata();
    dependsOnBatch = BatchDependence.isIn(outline.model());
    Optional<ModelCard> own =
        ModelCard.isIn(metadata)
            ? Optional.of(OnnxModelFile.readCard(model, metadata))
            : Optional.empty();
    Optional<Preprocessing> anySize =
        said.preprocessing(OptionalInt.empty()).or(() -> own.map(ModelCard::preprocessing));
    photo = PhotoInput.of(model, session, said.input(), size(anySize));
    OptionalInt labels =
        said.labels()
            .or(() -> own.map(ModelCard::labels))
            .map(all -> OptionalInt.of(all.size()))
            .orElse(OptionalInt.empty());
    score = ScoreOutput.of(model, session, outline, said, labels);
    levels =
        said.preprocessing(OptionalInt.of(photo.size()))
            .or(() -> own.map(ModelCard::preprocessing))
            .map(PixelLevels::new);
    memory = new NativeMemory(environment, photo, score);
  }

  private static OptionalInt size(Optional<Preprocessing> preprocessing) {
    return preprocessing.isPresent()
        ? OptionalInt.of(preprocessing.get().inputSize())
        : OptionalInt.empty();
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
    return open(model, settings, ForeignModel.UNSAID);
  }

  /**
   * Opens a model file that was made elsewhere.
   *
   * @param said what the file does not say itself
   * @throws UnreadableModelException if it is missing, not a complete ONNX file, or not a
   *     classifier; or its input or output are not those named, or not to be told without being
   *     named
   */
  public static OnnxClassifier open(Path model, RuntimeSettings settings, ForeignModel said)
      throws IOException {
    ModelOutline outline = ModelOutline.read(model);
    try {
      RuntimeHazards.refuse(outline.model());
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException(model, "not a valid network: " + e.getMessage(), e);
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    SessionOptions options = new SessionOptions();
    OrtSession session = null;
    boolean opened = false;
    try {
      settings.provider().configure(options);
      options.setIntraOpNumThreads(settings.threads());
      options.addConfigEntry("session.intra_op.allow_spinning", settings.spinning() ? "1" : "0");
      if (ModelHistory.INT8_WEIGHTS.equals(outline.metadata().get(ModelHistory.FORM))) {
        // left to itself, the runtime turns the weights into float32 anew at every call
        options.addConfigEntry("session.disable_quant_qdq", "1");
      }
      session = environment.createSession(model.toString(), options);
      OnnxClassifier classifier =
          new OnnxClassifier(
              environment, options, settings.provider(), session, model, outline, said);
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

  /** Names of the file's outputs, in its order: the scores, and what else there may be. */
  public List<String> outputs() {
    return List.copyOf(session.getOutputNames());
  }

  /**
   * Whether a photo's logits depend on the photos that it is computed with ({@link
   * BatchDependence}): who answers several askers computes each one's photos alone.
   */
  public boolean dependsOnBatch() {
    return dependsOnBatch;
  }

  @Override
  public int classes() {
    return score.classes();
  }

  @Override
  public int inputSize() {
    return photo.size();
  }

  @Override
  public boolean takesPixels() {
    return photo.takesPixels();
  }

  /**
   * {@inheritDoc}
   *
   * <p>A file that takes pixels gets the levels that these numbers were made of, as its
   * preprocessing tells; {@link #pixelLogits} saves the way there and back.
   *
   * @throws IllegalStateException if the file takes pixels, and has no preprocessing
   */
  @Override
  public float[] logits(float[] input, int batch) {
    requireLength(input.length, batch, "floats");
    Optional<PixelLevels> known = knownLevels();
    return logits(
        batch, (first, count, to) -> photo.write(input, first, count, to.photos(), known));
  }

  @Override
  public float[] pixelLogits(byte[] pixels, int batch) {
    if (!takesPixels()) {
      return Classifier.super.pixelLogits(pixels, batch);
    }
    requireLength(pixels.length, batch, "bytes");
    return logits(batch, (first, count, to) -> photo.write(pixels, first, count, to.photos()));
  }

  /**
   * What the network gives out beside its scores, or before they are made logits.
   *
   * @param input as {@link #logits} takes it
   * @param names of the outputs, each one of {@link #outputs()}
   * @return by name, in the order asked for; the batch is the first dimension of each
   * @throws IllegalArgumentException if the array's length does not fit the batch, or there is no
   *     such output
   * @throws IllegalStateException if an output is not of real numbers, a row for each photo
   */
  public Map<String, OutputValues> outputs(float[] input, int batch, String... names) {
    requireLength(input.length, batch, "floats");
    for (String name : names) {
      if (!session.getOutputNames().contains(name)) {
        throw new IllegalArgumentException(
            "The model has no output '%s', only %s%s"
                .formatted(name, session.getOutputNames(), advice(name)));
      }
    }
    Optional<PixelLevels> known = knownLevels();
    OutputRows rows = new OutputRows(batch, names);
    compute(
        batch,
        (first, count, to) -> photo.write(input, first, count, to.photos(), known),
        (first, count, batched) -> {
          try (OrtSession.Result result =
              session.run(Map.of(photo.name(), batched.input()), Set.of(names))) {
            rows.add(result, first, count, batched.size());
          }
        });
    return rows.values();
  }

  private static String advice(String name) {
    return switch (name) {
      case ClassifierHead.FEATURES -> "; 'food export --features' writes it";
      case ClassifierHead.CLASS_ACTIVATION -> "; 'food export --cam' writes it";
      default -> "";
    };
  }

  /**
   * The pooled feature vectors before the last layer, of a file that has the output {@code
   * features}.
   *
   * @return {@code [batch, channels]}
   * @throws IllegalArgumentException as {@link #outputs(float[], int, String...)}
   */
  public OutputValues features(float[] input, int batch) {
    return outputs(input, batch, ClassifierHead.FEATURES).get(ClassifierHead.FEATURES);
  }

  /**
   * The class activation maps, of a file that has the output {@code cam}: what the last layer says
   * at each position, without its bias.
   *
   * @return {@code [batch, classes, height, width]}
   * @throws IllegalArgumentException as {@link #outputs(float[], int, String...)}
   */
  public OutputValues classActivation(float[] input, int batch) {
    return outputs(input, batch, ClassifierHead.CLASS_ACTIVATION)
        .get(ClassifierHead.CLASS_ACTIVATION);
  }

  private float[] logits(int batch, Source source) {
    float[] logits = new float[batch * score.classes()];
    compute(
        batch,
        source,
        (first, count, batched) -> {
          session
              .run(Map.of(photo.name(), batched.input()), Map.of(score.name(), batched.output()))
              .close();
          score.read(batched.scores(), count, logits, first);
        });
    return logits;
  }

  private void requireLength(int length, int batch, String what) {
    long expected = (long) batch * photo.length();
    if (batch < 1 || length != expected) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A batch of %d photos of %d x %d pixels takes %d %s, not %d",
              batch,
              inputSize(),
              inputSize(),
              Math.max(0, expected),
              what,
              length));
    }
  }

  /** Of a file that takes pixels; any others are never asked. */
  private Optional<PixelLevels> knownLevels() {
    if (takesPixels() && levels.isEmpty()) {
      throw new IllegalStateException(
          "The model takes pixels and does not say of which mean and deviation normalised photos are: call pixelLogits, or say its preprocessing when it is opened");
    }
    return levels;
  }

  /** Writes some of the photos into native memory. */
  private interface Source {
    void write(int first, int count, NativeBatch to);
  }

  /** Computes what is in native memory. */
  private interface Call {
    void run(int first, int count, NativeBatch batched) throws OrtException;
  }

  private void compute(int batch, Source source, Call call) {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("This classifier has been closed");
      }
      int step = photo.fixedBatch() == 0 ? batch : photo.fixedBatch();
      try {
        NativeBatch batched = memory.batch(step);
        for (int first = 0; first < batch; first += step) {
          int count = Math.min(step, batch - first);
          source.write(first, count, batched);
          if (dependsOnBatch && count < step) {
            batched.repeatFirst(count);
          }
          call.run(first, count, batched);
        }
      } catch (OrtException e) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "ONNX Runtime failed on a batch of %d: %s", step, e.getMessage()),
            e);
      }
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
        memory.close();
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
}
