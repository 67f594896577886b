package org.food4j.data.batch;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.Label;
import org.food4j.data.preprocess.Preprocessing;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A {@link PhotoBatchReader} as DL4J's networks take it: features {@code [batch, 3, inputSize,
 * inputSize]} and labels {@code [batch, classes]}, one-hot or {@linkplain Mixing mixed}, both
 * float32, outside any workspace, owned by the caller. Errors are the reader's.
 *
 * <p>{@link #reset()} starts the next epoch, so that each has its own order and augmentation. The
 * reader works ahead by itself: DL4J does not wrap this in another thread. Used by one thread at a
 * time.
 */
public final class PhotoDataSetIterator implements DataSetIterator, AutoCloseable {
  private static final long serialVersionUID = 1L;

  private final transient PhotoBatchReader reader;
  private transient DataSetPreProcessor preProcessor;

  /**
   * @param reader read and closed by this iterator from now on
   */
  public PhotoDataSetIterator(PhotoBatchReader reader) {
    this.reader = reader;
  }

  @Override
  public boolean hasNext() {
    return reader.hasNext();
  }

  @Override
  public DataSet next() {
    PhotoBatch batch = reader.next();
    DataSet result =
        new DataSet(features(batch), detached(batch.labels(), batch.size(), totalOutcomes()));
    reader.recycle(batch);
    if (preProcessor != null) {
      preProcessor.preProcess(result);
    }
    return result;
  }

  private INDArray features(PhotoBatch batch) {
    int size = reader.inputSize();
    return detached(batch.input(), batch.size(), 3, size, size);
  }

  private static INDArray detached(float[] values, long... shape) {
    return Nd4j.create(Nd4j.createBufferDetached(values), shape);
  }

  /**
   * DL4J's call for a batch of another size, which would change the order of the random batches.
   *
   * @throws UnsupportedOperationException unless {@code size} is {@link #batch()}
   */
  @Override
  public DataSet next(int size) {
    if (size != batch()) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "Batches have %d photos, not %d: say so in the settings",
              batch(),
              size));
    }
    return next();
  }

  /** Number of floats of one photo of this epoch, {@link Preprocessing#inputLength()}. */
  @Override
  public int inputColumns() {
    return reader.settings().input(reader.epoch()).preprocessing().inputLength();
  }

  /** Number of classes. */
  @Override
  public int totalOutcomes() {
    return reader.labels().size();
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** No: the reader works ahead itself. */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  /**
   * Starts the next epoch; at the start of an epoch, before its first batch is taken, it does
   * nothing, because DL4J's trainers reset an iterator before they use it too.
   */
  @Override
  public void reset() {
    if (reader.taken() > 0) {
      reader.startEpoch(reader.epoch() + 1);
    }
  }

  /** The epoch being read, from 0. */
  public int epoch() {
    return reader.epoch();
  }

  /** Goes to the start of an epoch, from 0: how an interrupted training continues. */
  public void startEpoch(int epoch) {
    reader.startEpoch(epoch);
  }

  /** Goes into an epoch, from 0, of which other workers read the other batches. */
  public void startEpoch(int epoch, BatchShare share) {
    reader.startEpoch(epoch, share);
  }

  @Override
  public int batch() {
    return reader.settings().batchSize();
  }

  /** Something more to do to each batch; normalisation has been done already. */
  @Override
  public void setPreProcessor(DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  /** What {@link #setPreProcessor} was given, null before, as DL4J asks. */
  @Override
  public DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }

  /** The labels' names, in the order of the labels' columns. */
  @Override
  public List<String> getLabels() {
    return reader.labels().asList().stream().map(Label::name).toList();
  }

  @Override
  public void close() {
    reader.close();
  }

  /** DL4J declares its iterators serialisable; one with threads and open files is not. */
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(
        "PhotoDataSetIterator: make one where the photos are, from data set and settings");
  }
}
