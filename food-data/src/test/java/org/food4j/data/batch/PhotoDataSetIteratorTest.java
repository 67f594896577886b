package org.food4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.transform.Augmentation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class PhotoDataSetIteratorTest {
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(8);
  private static final BatchSettings EVALUATION = BatchSettings.evaluation(PREPROCESSING, 4);
  private static final BatchSettings TRAINING =
      BatchSettings.training(PREPROCESSING, Augmentation.STANDARD, 4, 5);

  @TempDir private Path root;
  private Dataset dataset;

  @BeforeEach
  void write() throws IOException {
    dataset = SmallDataset.write(root, 10);
  }

  private PhotoBatchReader reader(BatchSettings settings) {
    return new PhotoBatchReader(dataset, dataset.entries(), SmallDataset.DECODER, settings);
  }

  private PhotoDataSetIterator iterator(BatchSettings settings) {
    return new PhotoDataSetIterator(reader(settings));
  }

  @Test
  void next_givesTheReadersInputAndOneHotLabels() {
    try (PhotoDataSetIterator iterator = iterator(EVALUATION);
        PhotoBatchReader reader = reader(EVALUATION)) {
      while (reader.hasNext()) {
        PhotoBatch expected = reader.next();
        DataSet actual = iterator.next();

        INDArray features = actual.getFeatures();
        assertThat(features.shape()).containsExactly(expected.size(), 3, 8, 8);
        assertThat(features.ordering()).isEqualTo('c');
        assertThat(features.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(features.data().asFloat()).isEqualTo(expected.input());
        INDArray labels = actual.getLabels();
        assertThat(labels.dataType()).isEqualTo(DataType.FLOAT);
        float[][] oneHot = new float[expected.size()][3];
        for (int n = 0; n < expected.size(); n++) {
          oneHot[n][expected.entries().get(n).label()] = 1;
        }
        assertThat(labels.toFloatMatrix()).isDeepEqualTo(oneHot);
      }
      assertThat(iterator.hasNext()).isFalse();
    }
  }

  @Test
  void next_ofMixedBatches_givesTheReadersLabels() {
    BatchSettings mixed = TRAINING.withMixing(new Mixing(1, 0));
    try (PhotoDataSetIterator iterator = iterator(mixed);
        PhotoBatchReader reader = reader(mixed)) {
      PhotoBatch expected = reader.next();
      DataSet actual = iterator.next();

      assertThat(actual.getFeatures().data().asFloat()).isEqualTo(expected.input());
      assertThat(actual.getLabels().shape()).containsExactly(4, 3);
      assertThat(actual.getLabels().data().asFloat()).isEqualTo(expected.labels());
    }
  }

  @Test
  void next_insideAWorkspace_givesArraysOutsideIt() {
    try (PhotoDataSetIterator iterator = iterator(EVALUATION);
        MemoryWorkspace workspace = Nd4j.getWorkspaceManager().getAndActivateWorkspace("photos")) {
      DataSet batch = iterator.next();
      assertThat(workspace.isScopeActive()).isTrue();
      assertThat(batch.getFeatures().isAttached()).isFalse();
      assertThat(batch.getLabels().isAttached()).isFalse();
    }
  }

  @Test
  void description_isTheDataSetsAndTheSettings() {
    try (PhotoDataSetIterator iterator = iterator(EVALUATION)) {
      assertThat(iterator.getLabels()).containsExactly("idli", "pizza", "sushi");
      assertThat(iterator.totalOutcomes()).isEqualTo(3);
      assertThat(iterator.inputColumns()).isEqualTo(192);
      assertThat(iterator.batch()).isEqualTo(4);
      assertThat(iterator.resetSupported()).isTrue();
      assertThat(iterator.asyncSupported()).isFalse();
    }
  }

  @Test
  void reset_beforeTheFirstBatch_staysAndAfterwardsStartsTheNextEpoch() {
    try (PhotoDataSetIterator iterator = iterator(TRAINING)) {
      iterator.reset();
      assertThat(iterator.epoch()).isZero();
      float[] first = iterator.next().getFeatures().data().asFloat();

      iterator.reset();
      iterator.reset();
      assertThat(iterator.epoch()).isEqualTo(1);
      assertThat(iterator.next().getFeatures().data().asFloat()).isNotEqualTo(first);

      iterator.startEpoch(0);
      assertThat(iterator.next().getFeatures().data().asFloat()).isEqualTo(first);
    }
  }

  @Test
  void next_ofAnotherSize_isNotSupported() {
    try (PhotoDataSetIterator iterator = iterator(TRAINING)) {
      assertThat(iterator.next(4).numExamples()).isEqualTo(4);
      assertThatThrownBy(() -> iterator.next(3))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining("4 photos, not 3");
    }
  }

  @Test
  void preProcessor_seesEveryBatch() {
    try (PhotoDataSetIterator iterator = iterator(EVALUATION)) {
      iterator.setPreProcessor(batch -> batch.getFeatures().assign(2));

      assertThat(iterator.getPreProcessor()).isNotNull();
      assertThat(iterator.next().getFeatures().data().asFloat()).containsOnly(2);
    }
  }

  @Test
  void writeObject_isRefused() throws IOException {
    try (PhotoDataSetIterator iterator = iterator(EVALUATION);
        ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(iterator))
          .isInstanceOf(NotSerializableException.class);
    }
  }
}
