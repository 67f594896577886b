package org.food4j.data.batch;

/**
 * One worker's share of every epoch's batches, where several workers read the same epoch: batch
 * {@code n} is read by worker {@code n % workers}, as in PyTorch's {@code DistributedSampler}. All
 * shares have the same number of batches, so that an epoch's last {@code batches % workers} are
 * read by nobody.
 *
 * @param worker from 0
 * @param workers at least 1
 * @param done batches of the share to pass over, at least 0
 */
public record BatchShare(int worker, int workers, int done) {
  /** Every batch. */
  public static final BatchShare ALL = new BatchShare(0, 1, 0);

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no such worker, or {@code done} is negative
   */
  public BatchShare {
    if (worker < 0 || worker >= workers || done < 0) {
      throw new IllegalArgumentException(
          "Workers count from 0 to below their number and have read 0 batches or more; worker %s of %s has not read %s"
              .formatted(worker, workers, done));
    }
  }

  /**
   * How many batches the share still has of an epoch.
   *
   * @param batches of the epoch, of all workers
   */
  public int left(int batches) {
    return Math.max(0, batches / workers - done);
  }

  /** The epoch's number of a batch of the share, from 0 on behind those that are done. */
  int number(int batch) {
    return (done + batch) * workers + worker;
  }
}
