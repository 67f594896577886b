package org.food4j.server.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.food4j.data.file.Sha256;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.models.explain.FileExplainer;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.ForeignModel;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.endpoint.ClassifierHead;
import org.food4j.server.batch.BatchObserver;
import org.food4j.server.batch.MicroBatcher;
import org.food4j.server.batch.OverloadedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One version of a model, ready to answer. Whoever uses it holds it meanwhile: once it is replaced
 * and nobody holds it any more, it is closed. Thread-safe.
 */
public final class ServedModel {
  private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

  private final String name;
  private final Path file;
  private final String version;
  private final OnnxClassifier network;
  private final PhotoClassifier classifier;
  private final Optional<FileExplainer> explainer;
  private final ModelSettings settings;
  private final Semaphore lanes;
  private final MicroBatcher<Row, float[]> batcher;
  private int holders = 1; // the registry
  private boolean closed;
  private final CountDownLatch ended = new CountDownLatch(1);

  private ServedModel(
      String name,
      Path file,
      String version,
      OnnxClassifier network,
      ModelCard card,
      ModelSettings settings,
      PhotoDecoder decoder,
      Semaphore lanes,
      Executor answers,
      BatchObserver observer) {
    this.name = name;
    this.file = file;
    this.version = version;
    this.network = network;
    this.settings = settings;
    this.lanes = lanes;
    classifier = new PhotoClassifier(network, card, decoder);
    explainer =
        network.outputs().contains(ClassifierHead.CLASS_ACTIVATION)
            ? Optional.of(new FileExplainer(network, card, decoder))
            : Optional.empty();
    batcher =
        new MicroBatcher<>(
            "batches-" + name,
            this::compute,
            settings.mostRows(),
            settings.queue(),
            lanes,
            answers,
            observer);
  }

  /**
   * Opens a file, and computes once so that the first request finds the network warm.
   *
   * @throws org.food4j.models.onnx.UnreadableModelException if it is no classifier with a card
   */
  static ServedModel open(
      String name,
      Path file,
      ModelSettings settings,
      PhotoDecoder decoder,
      Semaphore lanes,
      Executor answers,
      BatchObserver observer)
      throws IOException {
    String digest;
    try (InputStream in = Files.newInputStream(file)) {
      digest = Sha256.of(in);
    }
    OnnxClassifier network = OnnxClassifier.open(file, RuntimeSettings.shared(settings.threads()));
    boolean opened = false;
    try {
      ModelCard card = ForeignModel.UNSAID.card(file, network);
      int length = card.preprocessing().inputLength();
      if (network.takesPixels()) {
        network.pixelLogits(new byte[length], 1);
      } else {
        network.logits(new float[length], 1);
      }
      ServedModel model =
          new ServedModel(
              name,
              file,
              digest.substring(0, 12),
              network,
              card,
              network.dependsOnBatch() ? alone(name, settings) : settings,
              decoder,
              lanes,
              answers,
              observer);
      opened = true;
      return model;
    } finally {
      if (!opened) {
        network.close();
      }
    }
  }

  /** Else one asker's photo would change another's answer. */
  private static ModelSettings alone(String name, ModelSettings settings) {
    LOG.warn(
        "Model {} is quantised dynamically, with scales over whole batches: its photos are computed one at a time; 'food quantize --mode static' makes one whose photos can be computed together",
        name);
    return settings.withoutBatches();
  }

  private List<float[]> compute(List<Row> rows) {
    float[] logits = Row.logits(network, rows);
    int classes = network.classes();
    return IntStream.range(0, rows.size())
        .mapToObj(i -> Arrays.copyOfRange(logits, i * classes, (i + 1) * classes))
        .toList();
  }

  /** The name that requests call it by. */
  public String name() {
    return name;
  }

  /** Where it was read from. */
  public Path file() {
    return file;
  }

  /** The first twelve hexadecimal digits of its file's SHA-256. */
  public String version() {
    return version;
  }

  /** What it says about itself. */
  public ModelCard card() {
    return classifier.card();
  }

  /** The numbers that it computes in: {@code "float32"}, {@code "int8 static"}. */
  public String form() {
    return network.metadata().getOrDefault(ModelHistory.FORM, ModelHistory.FLOAT32);
  }

  /** What computes. */
  public String runtime() {
    return network.runtime();
  }

  /** Whether it takes pixels, uint8 {@code [batch, size, size, 3]}, not normalised photos. */
  public boolean takesPixels() {
    return network.takesPixels();
  }

  /** Whether it was exported with class activation maps. */
  public boolean explains() {
    return explainer.isPresent();
  }

  /**
   * How many photos one asker may have under way at a time: what is computed and what is made ready
   * meanwhile, but not more than half of the queue.
   */
  public int window() {
    return Math.max(1, Math.min(2 * settings.mostRows(), settings.queue() / 2));
  }

  /** Rows that wait to be computed. */
  public int waiting() {
    return batcher.waiting();
  }

  /**
   * Decodes a photo with the detail that the network needs.
   *
   * @throws PhotoException if the bytes are not a usable photo
   */
  public ScaledPhoto decode(byte[] encoded) throws PhotoException {
    return classifier.decode(encoded);
  }

  /** A decoded photo as the network takes it. */
  public Row row(ScaledPhoto photo) {
    return Row.of(photo, card().preprocessing(), takesPixels());
  }

  /**
   * The logits of rows; see {@link MicroBatcher#submit}.
   *
   * @return {@code [classes]} for each row
   */
  public List<CompletableFuture<float[]>> logits(List<Row> rows, long deadline) {
    return batcher.submit(rows, deadline);
  }

  /** What a photo's logits mean. */
  public Answer answer(float[] logits, int top) {
    return classifier.answer(logits, top);
  }

  /**
   * Draws where in a photo a class is found; computes at once, waiting for others to be done.
   *
   * @param label of the class; if absent, the most probable one
   * @param deadline until which computing begins, as {@link System#nanoTime} tells it
   * @throws IllegalStateException if the network does not explain
   * @throws OverloadedException if its time is over before the others are done
   */
  public Photo explain(ScaledPhoto photo, OptionalInt label, long deadline) {
    FileExplainer explaining =
        explainer.orElseThrow(
            () -> new IllegalStateException("This model has no class activation maps"));
    try {
      if (!lanes.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new OverloadedException("its time was over before its turn");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new OverloadedException("the server is ending");
    }
    try {
      return explaining.explain(photo, label).overlay();
    } finally {
      lanes.release();
    }
  }

  /** Keeps it open until {@link #release()}; false if it is closed already. */
  synchronized boolean hold() {
    if (holders <= 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** Gives back what {@link ModelRegistry#hold} gave. */
  public void release() {
    synchronized (this) {
      holders--;
      if (holders > 0 || closed) {
        return;
      }
      closed = true;
    }
    // whoever gives it back last may be answering by the batcher's own hand
    Thread closing =
        new Thread(
            () -> {
              try {
                batcher.close();
                classifier.close();
              } finally {
                ended.countDown();
              }
            },
            "close-" + name);
    closing.start();
  }

  /** Waits until it is closed, as long as this. */
  void awaitClosed(Duration patience) {
    try {
      if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Model {} is still in use, and is not closed", name);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
