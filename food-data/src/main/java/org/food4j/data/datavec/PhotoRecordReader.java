package org.food4j.data.datavec;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataURI;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A split of a prepared data set as DataVec's records: the photo as an {@code NDArrayWritable}
 * {@code [1, 3, inputSize, inputSize]} float32, as evaluation sees it, and its label's index as an
 * {@code IntWritable}. For {@code RecordReaderDataSetIterator} the label is column 1, and {@code
 * dataset.labels().size()} the number of possible labels; the batches are then those of {@link
 * org.food4j.data.batch.PhotoDataSetIterator} with {@code BatchSettings.evaluation}.
 *
 * <p>Reads in the manifest's order, one photo at a time, in one thread. Needs no {@code
 * initialize}.
 */
public final class PhotoRecordReader extends BaseRecordReader {
  private static final long serialVersionUID = 1L;

  private final transient Dataset dataset;
  private final transient PhotoDecoder decoder;
  private final transient Preprocessing preprocessing;
  private final transient Map<Path, ManifestEntry> byLocation = new HashMap<>();
  private transient List<ManifestEntry> entries;
  private transient Configuration configuration;
  private transient int read;

  /**
   * @param dataset where the photos and the labels are
   * @param split the part to read
   * @param decoder of the photos
   * @param preprocessing from photo to values
   */
  public PhotoRecordReader(
      Dataset dataset, Split split, PhotoDecoder decoder, Preprocessing preprocessing) {
    this.dataset = dataset;
    this.decoder = decoder;
    this.preprocessing = preprocessing;
    entries = dataset.entries(split);
    dataset.entries().forEach(e -> byLocation.putIfAbsent(PhotoLocation.of(dataset, e), e));
  }

  /**
   * Reads other photos of the data set, in the split's order: those of {@code
   * FileSplit.sample(pathFilter)}, for example.
   *
   * @throws IllegalArgumentException if the data set does not have all of them
   */
  @Override
  public void initialize(InputSplit split) throws IOException, InterruptedException {
    super.initialize(split);
    List<ManifestEntry> given = new ArrayList<>();
    List<URI> unknown = new ArrayList<>();
    for (URI uri : split.locations()) {
      entry(uri).ifPresentOrElse(given::add, () -> unknown.add(uri));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "The data set does not have these photos: %s. Filter the paths by DatasetPathFilter"
              .formatted(unknown));
    }
    entries = List.copyOf(given);
    read = 0;
  }

  @Override
  public void initialize(Configuration configuration, InputSplit split)
      throws IOException, InterruptedException {
    setConf(configuration);
    initialize(split);
  }

  private Optional<ManifestEntry> entry(URI uri) {
    return PhotoLocation.of(uri).map(byLocation::get);
  }

  @Override
  public boolean hasNext() {
    return read < entries.size();
  }

  /**
   * The next photo and its label; the array is the caller's.
   *
   * @throws NoSuchElementException after the last one
   * @throws PhotoReadException if the photo cannot be read
   */
  @Override
  public List<Writable> next() {
    ManifestEntry entry = advance();
    invokeListeners(entry);
    return read(entry);
  }

  /** The next photo with its file as metadata. */
  @Override
  public Record nextRecord() {
    ManifestEntry entry = advance();
    invokeListeners(entry);
    URI uri = PhotoLocation.of(dataset, entry).toUri();
    return new org.datavec.api.records.impl.Record(
        read(entry), new RecordMetaDataURI(uri, PhotoRecordReader.class));
  }

  private ManifestEntry advance() {
    if (!hasNext()) {
      throw new NoSuchElementException(
          String.format(
              Locale.ROOT, "All %d photos have been read: reset the reader", entries.size()));
    }
    return entries.get(read++);
  }

  private List<Writable> read(ManifestEntry entry) {
    Path file = dataset.photo(entry);
    try {
      return record(Files.readAllBytes(file), entry);
    } catch (IOException e) {
      throw new PhotoReadException(file, e);
    }
  }

  private List<Writable> record(byte[] encoded, ManifestEntry entry) throws IOException {
    int size = preprocessing.inputSize();
    // Outside any workspace: the record may outlive the one that happens to be open
    INDArray input =
        Nd4j.create(
            Nd4j.createBufferDetached(preprocessing.apply(encoded, decoder)),
            new long[] {1, 3, size, size});
    return List.of(new NDArrayWritable(input), new IntWritable(entry.label()));
  }

  /**
   * A photo of the data set from a stream.
   *
   * @throws IllegalArgumentException if the data set does not have that photo
   * @throws IOException if the stream does not hold a photo
   */
  @Override
  public List<Writable> record(URI uri, DataInputStream stream) throws IOException {
    return record(stream.readAllBytes(), known(uri));
  }

  /**
   * The record of a photo that {@link #nextRecord} gave.
   *
   * @throws IllegalArgumentException if the data set does not have that photo
   */
  @Override
  public Record loadFromMetaData(RecordMetaData metadata) {
    return new org.datavec.api.records.impl.Record(read(known(metadata.getURI())), metadata);
  }

  @Override
  public List<Record> loadFromMetaData(List<RecordMetaData> metadata) {
    return metadata.stream().map(this::loadFromMetaData).toList();
  }

  private ManifestEntry known(URI uri) {
    return entry(uri)
        .orElseThrow(() -> new IllegalArgumentException("The data set has no photo " + uri));
  }

  /** The labels' names, in the order of their indexes. */
  @Override
  public List<String> getLabels() {
    return dataset.labels().asList().stream().map(Label::name).toList();
  }

  /** Back to the first photo. */
  @Override
  public void reset() {
    read = 0;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public void setConf(Configuration configuration) {
    this.configuration = configuration;
  }

  /** What {@link #setConf} was given, null before, as DataVec asks. It changes nothing here. */
  @Override
  public Configuration getConf() {
    return configuration;
  }

  /** Nothing is open between two photos. */
  @Override
  public void close() {}

  /** DataVec declares its readers serialisable; a decoder is not. */
  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException(
        "PhotoRecordReader: make one where the photos are, from data set and preprocessing");
  }
}
