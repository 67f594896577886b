package org.food4j.models.kernel.nd4j;

import org.food4j.models.kernel.AttentionKernel;
import org.food4j.models.kernel.MapShape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Each head of each map is one product of matrices in a batch of them. */
final class Attention implements AttentionKernel {
  private static final int QUERIES = 0;
  private static final int KEYS = 1;
  private static final int VALUES = 2;

  private final long batch;
  private final long positions;
  private final long heads;
  private final long width; // of a head

  Attention(MapShape shape, int heads) {
    this.batch = shape.batch();
    this.positions = shape.positions();
    this.heads = heads;
    this.width = shape.channels() / 3 / heads;
  }

  @Override
  public void forward(INDArray x, INDArray y) {
    INDArray parts = split(x, 3);
    INDArray attended = product(weights(parts), false, part(parts, VALUES), false);
    merge(attended.reshape('c', 1, batch, heads, positions, width), y, 1);
  }

  @Override
  public void backward(INDArray x, INDArray dy, INDArray dx) {
    INDArray parts = split(x, 3);
    INDArray weights = weights(parts);
    INDArray dAttended = part(split(dy, 1), 0);
    INDArray dWeights = product(dAttended, false, part(parts, VALUES), true);
    INDArray common = dWeights.mul(weights).sum(true, 2);
    INDArray dScores = dWeights.subi(common).muli(weights).muli(scale());
    INDArray gradients = parts.ulike();
    part(gradients, QUERIES).assign(product(dScores, false, part(parts, KEYS), false));
    part(gradients, KEYS).assign(product(dScores, true, part(parts, QUERIES), false));
    part(gradients, VALUES).assign(product(weights, true, dAttended, false));
    merge(gradients.reshape('c', 3, batch, heads, positions, width), dx, 3);
  }

  /** {@code [batch * heads, positions, positions]}: how much of each position a position takes. */
  private INDArray weights(INDArray parts) {
    INDArray scores = product(part(parts, QUERIES), false, part(parts, KEYS), true);
    return Nd4j.nn().softmax(scores.muli(scale()), -1);
  }

  private double scale() {
    return 1 / Math.sqrt(width);
  }

  /** A copy {@code [count, batch * heads, positions, width]}. */
  private INDArray split(INDArray maps, long count) {
    return maps.reshape('c', batch, positions, count, heads, width)
        .permute(2, 0, 3, 1, 4)
        .dup('c')
        .reshape('c', count, batch * heads, positions, width);
  }

  /** The way back from {@code [count, batch, heads, positions, width]}. */
  private void merge(INDArray parts, INDArray maps, long count) {
    maps.reshape('c', true, batch, positions, count, heads, width)
        .assign(parts.permute(1, 3, 0, 2, 4));
  }

  private static INDArray part(INDArray parts, int which) {
    return parts.get(
        NDArrayIndex.point(which), NDArrayIndex.all(), NDArrayIndex.all(), NDArrayIndex.all());
  }

  private static INDArray product(INDArray a, boolean transposeA, INDArray b, boolean transposeB) {
    return Nd4j.matmul(a, b, transposeA, transposeB, false);
  }
}
