package org.food4j.data.datavec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.datavec.api.records.Record;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.NDArrayWritable;
import org.datavec.api.writable.Writable;
import org.datavec.image.recordreader.ImageRecordReader;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.batch.PhotoDataSetIterator;
import org.food4j.data.batch.PhotoReadException;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.SamplePhotos;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.food4j.data.transform.PhotoTransform;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A prepared data set in DataVec's own frame. */
class DataVecFlowTest {
  private static final PhotoDecoder DECODER = new NativePhotoDecoder();
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(16);

  @TempDir private Path root;
  private Dataset dataset;

  /**
   * Six photos in folders with blanks and accents, one of them twice, one in another split; and a
   * file that is no photo.
   */
  @BeforeEach
  void write() throws IOException {
    List<ManifestEntry> entries = new ArrayList<>();
    for (int n = 0; n < 6; n++) {
      String folder = n % 2 == 0 ? "crème brûlée" : "pizza";
      Files.createDirectories(root.resolve(folder));
      String path = folder + "/photo " + n + ".png";
      Files.write(
          root.resolve(path), SamplePhotos.encode(SamplePhotos.random(n, 30 + n, 25), "png"));
      entries.add(entry("id" + n, path, n % 2, n == 5 ? Split.TEST : Split.TRAIN, ""));
    }
    entries.add(entry("id0-1", entries.get(0).path(), 0, Split.TRAIN, "id0"));
    Files.writeString(root.resolve("pizza/broken.png"), "no photo");
    dataset = new Dataset(root, root, Labels.of(List.of("crème brûlée", "pizza")), entries, "");
  }

  private static ManifestEntry entry(String id, String path, int label, Split split, String of) {
    return new ManifestEntry(id, path, label, split, 30, 25, "", "", of);
  }

  private PhotoRecordReader reader() {
    return new PhotoRecordReader(dataset, Split.TRAIN, DECODER, PREPROCESSING);
  }

  private InputSplit sampled(Split split) {
    return new FileSplit(root.toFile()).sample(new DatasetPathFilter(dataset, split))[0];
  }

  private static INDArray array(List<Writable> record) {
    return ((NDArrayWritable) record.get(0)).get();
  }

  @Test
  void records_areTheIteratorsBatch() {
    List<ManifestEntry> train = dataset.entries(Split.TRAIN);
    try (PhotoDataSetIterator iterator =
        new PhotoDataSetIterator(
            new PhotoBatchReader(
                dataset, train, DECODER, BatchSettings.evaluation(PREPROCESSING, 6)))) {
      DataSet batch = iterator.next();
      List<INDArray> photos = new ArrayList<>();
      PhotoRecordReader reader = reader();
      while (reader.hasNext()) {
        List<Writable> record = reader.next();
        assertThat(array(record).shape()).containsExactly(1, 3, 16, 16);
        assertThat(record.get(1)).isEqualTo(new IntWritable(train.get(photos.size()).label()));
        assertThat(batch.getLabels().getInt(photos.size(), record.get(1).toInt())).isEqualTo(1);
        photos.add(array(record));
      }
      assertThat(photos).hasSize(6);
      assertThat(Nd4j.concat(0, photos.toArray(INDArray[]::new))).isEqualTo(batch.getFeatures());
      assertThat(reader.getLabels()).isEqualTo(iterator.getLabels());
    }
  }

  @Test
  void reader_afterTheLastPhoto_saysSoAndCanBeReset() {
    PhotoRecordReader reader = reader();
    INDArray first = array(reader.next());
    while (reader.hasNext()) {
      reader.next();
    }
    assertThatThrownBy(reader::next)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("All 6 photos");

    reader.reset();

    assertThat(array(reader.next())).isEqualTo(first);
  }

  @Test
  void record_ofMetadataOrStream_isTheSameAgain() throws IOException {
    PhotoRecordReader reader = reader();
    Record first = reader.nextRecord();

    Record again = reader.loadFromMetaData(first.getMetaData());
    URI uri = first.getMetaData().getURI();
    List<Writable> streamed =
        reader.record(
            uri,
            new DataInputStream(
                new ByteArrayInputStream(Files.readAllBytes(new File(uri).toPath()))));

    assertThat(array(again.getRecord())).isEqualTo(array(first.getRecord()));
    assertThat(array(streamed)).isEqualTo(array(first.getRecord()));
    assertThat(streamed.get(1)).isEqualTo(first.getRecord().get(1));
  }

  @Test
  void initialize_withAFilteredSplit_readsItsPhotos() throws Exception {
    PhotoRecordReader reader = reader();

    reader.initialize(sampled(Split.TEST));

    assertThat(reader.next().get(1)).isEqualTo(new IntWritable(1));
    assertThat(reader.hasNext()).isFalse();
  }

  @Test
  void initialize_withOtherFiles_namesThem() {
    URI broken = root.resolve("pizza/broken.png").toUri();

    assertThatThrownBy(() -> reader().initialize(new CollectionInputSplit(List.of(broken))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pizza/broken.png");
  }

  @Test
  void next_ofAVanishedPhoto_namesIt() throws IOException {
    Files.delete(root.resolve(dataset.entries().get(0).path()));

    assertThatThrownBy(() -> reader().next())
        .isInstanceOf(PhotoReadException.class)
        .hasMessageContaining("photo 0.png");
  }

  @Test
  void writeObject_isRefused() throws IOException {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(reader()))
          .isInstanceOf(NotSerializableException.class);
    }
  }

  @Test
  void filter_keepsTheSplitsPhotosAsOftenAsTheManifestHasThem() {
    List<String> names = new ArrayList<>();
    for (URI uri : sampled(Split.TRAIN).locations()) {
      names.add(new File(uri).toPath().getFileName().toString());
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "photo 0.png",
            "photo 0.png",
            "photo 1.png",
            "photo 2.png",
            "photo 3.png",
            "photo 4.png");
    assertThat(names.get(5)).isEqualTo("photo 0.png");
  }

  @Test
  void filter_ofWhatIsNoFileOrGivenTwice_leavesItOut() {
    URI photo = root.resolve(dataset.entries().get(1).path()).toUri();
    URI[] paths = {URI.create("https://example.org/photo.png"), photo, photo};

    assertThat(new DatasetPathFilter(dataset, Split.TRAIN).filter(paths)).containsExactly(photo);
  }

  @Test
  void imageRecordReader_withFilterLabelsAndTransform_readsAugmentedPhotos() throws Exception {
    PhotoTransform standard = Augmentation.STANDARD.transform(PREPROCESSING);
    InputSplit photos = sampled(Split.TRAIN);
    int read = 0;
    Random random = new Random(3);
    try (ImageRecordReader reader =
        new ImageRecordReader(16, 16, 3, new DatasetLabelGenerator(dataset))) {
      reader.initialize(photos, new PhotoImageTransform(standard, new Random(3)));
      for (URI uri : photos.locations()) {
        List<Writable> record = reader.next();
        Photo expected = standard.apply(DECODER.decode(new File(uri).toPath()), random);
        INDArray values = array(record);
        for (int i = 0; i < expected.rgb().length; i++) {
          // DataVec's channels are blue, green, red
          assertThat(values.getInt(0, 2 - i % 3, i / 3 / 16, i / 3 % 16))
              .isEqualTo(expected.rgb()[i] & 0xff);
        }
        assertThat(record.get(1).toInt()).isEqualTo(uri.getPath().contains("pizza") ? 1 : 0);
        read++;
      }
      assertThat(reader.hasNext()).isFalse();
    }
    assertThat(read).isEqualTo(6);
  }

  @Test
  void labels_survivedSerialisation_andKnowPathsAndUris() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new DatasetLabelGenerator(dataset));
    }
    DatasetLabelGenerator labels;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      labels = (DatasetLabelGenerator) in.readObject();
    }
    Path photo = root.resolve(dataset.entries().get(1).path());

    assertThat(labels.getLabelForPath(photo.toUri())).isEqualTo(new IntWritable(1));
    assertThat(labels.getLabelForPath(photo.toUri().toString())).isEqualTo(new IntWritable(1));
    assertThat(labels.getLabelForPath(photo.toString())).isEqualTo(new IntWritable(1));
    assertThatThrownBy(() -> labels.getLabelForPath(root.resolve("x.png").toUri()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("x.png");
  }
}
