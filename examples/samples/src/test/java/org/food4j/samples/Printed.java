package org.food4j.samples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a program prints. */
final class Printed {
  /** A program, which may throw what it likes. */
  interface Program<E extends Exception> {
    void run() throws E;
  }

  private Printed() {}

  /** The lines on standard output. */
  static <E extends Exception> List<String> by(Program<E> program) throws E {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
