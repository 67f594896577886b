package org.food4j.architecture.broken.samples;

import org.food4j.architecture.broken.cli.command.Main;

/** Has a main method that prints, which a sample may; the rest breaks rules. */
public final class Sample {
  private Sample() {}

  public static void main(String[] arguments) {
    System.out.println("done");
  }

  static void leave() {
    System.exit(0);
  }

  static void callsTheCommand() {
    Main.main(new String[0]);
  }
}
