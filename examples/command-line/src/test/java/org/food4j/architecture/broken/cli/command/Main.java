package org.food4j.architecture.broken.cli.command;

/** Breaks nothing: a program may have a main method, print, and exit. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("done");
    System.exit(0);
  }
}
