package org.food4j.train.device;

import org.food4j.models.layer.NativeEngine;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How many devices share a training's batches. The number belongs to the machine, not to the
 * recipe; but it is part of what makes a training repeatable bit for bit, because each device has
 * dropout's random numbers and batch normalisation's statistics of its own share.
 *
 * @param count replicas of the network, at least 1. Where there are fewer devices, replicas share
 *     them, which gains nothing and is for tests; {@link #present} refuses it
 */
public record Devices(int count) {
  /** The whole batch on one device. */
  public static final Devices ONE = new Devices(1);

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public Devices {
    if (count < 1) {
      throw new IllegalArgumentException("A training has at least 1 device, not " + count);
    }
  }

  /**
   * So many of this machine's devices. Starts ND4J for more than one.
   *
   * @throws IllegalArgumentException if there are fewer; the message says what to do
   * @throws IllegalStateException if ND4J's native library does not load
   */
  public static Devices present(int count) {
    Devices devices = new Devices(count);
    if (count > 1) {
      devices.requirePresent(
          NativeEngine.start().backend(), Nd4j.getAffinityManager().getNumberOfDevices());
    }
    return devices;
  }

  /**
   * @param backend {@code "CPU"} or {@code "CUDA"}
   * @param there devices that ND4J sees
   */
  void requirePresent(String backend, int there) {
    if (backend.equals("CPU")) {
      throw new IllegalArgumentException(
          "%d devices are GPUs, and this build computes on the processor, whose cores one training uses already: train on 1 device, or build with -Pcuda (FOOD_MAVEN_ARGS=-Pcuda) on a machine with %1$d NVIDIA GPUs"
              .formatted(count));
    }
    if (count > there) {
      throw new IllegalArgumentException(
          "%d devices are asked for, and ND4J sees %d: train on at most %2$d; nvidia-smi and CUDA_VISIBLE_DEVICES say which GPUs there are"
              .formatted(count, there));
    }
  }
}
