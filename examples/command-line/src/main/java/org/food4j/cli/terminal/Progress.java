package org.food4j.cli.terminal;

/**
 * Work whose progress is shown on the terminal until it is closed.
 *
 * <p>Implementations are thread-safe. Calls are cheap: most draw nothing.
 */
public interface Progress extends AutoCloseable {
  /** Sets how much is done, in the units that the work was announced with. */
  void update(long done);

  /** Adds one to what is done. */
  void step();

  /** Shows a few words beside the count, such as the current loss. */
  void remark(String words);

  /** Ends the display with one line that says how much was done, and in what time. */
  @Override
  void close();
}
