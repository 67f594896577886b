package org.food4j.architecture.broken.models.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes an array's address, which is work for the one package behind the door. */
final class Addresses {
  private Addresses() {}

  static boolean of(INDArray array) {
    return array.data().addressPointer() != null;
  }
}
