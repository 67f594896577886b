package org.food4j.architecture.broken.train.loop;

/** A library class that behaves like a program. */
final class Trainer {
  private Trainer() {}

  public static void main(String[] arguments) {
    System.out.println("epoch 1");
    System.exit(0);
  }
}
