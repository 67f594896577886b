package org.food4j.train.device;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Photos of a batch and their labels, in Java arrays, which any device's thread can take. */
record Share(float[] photos, long[] photosShape, float[] labels, long[] labelsShape) {
  /**
   * Copies a part of a batch.
   *
   * @param from first photo
   * @param to behind the last one
   */
  static Share of(DataSet batch, long from, long to) {
    INDArray photos = rows(batch.getFeatures(), from, to);
    INDArray labels = rows(batch.getLabels(), from, to);
    return new Share(Values.read(photos), photos.shape(), Values.read(labels), labels.shape());
  }

  private static INDArray rows(INDArray whole, long from, long to) {
    INDArrayIndex[] indices = NDArrayIndex.allFor(whole);
    indices[0] = NDArrayIndex.interval(from, to);
    return whole.get(indices).reshape(shape(whole, to - from));
  }

  /** Of rows: ND4J drops a dimension of one row. */
  private static long[] shape(INDArray whole, long rows) {
    long[] shape = whole.shape().clone();
    shape[0] = rows;
    return shape;
  }

  int size() {
    return Math.toIntExact(labelsShape[0]);
  }

  DataSet toDataSet() {
    return new DataSet(
        Nd4j.create(photos, photosShape, 'c'), Nd4j.create(labels, labelsShape, 'c'));
  }
}
