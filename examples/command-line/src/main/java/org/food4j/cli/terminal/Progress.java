package org.food4j.cli.terminal;

/**
 * Work whose progress is shown on the terminal until it is closed.
 *
 * <p>Implementations are thread-safe. Calls are cheap: most draw nothing.
 */
public interface Progress extends AutoCloseable {
  /** Sets how much is done, in the units that the work was announced with. */
  void update(long done);

  /**
   * Sets how much is done, and of how much: for work that learns its size on the way. Fits the
   * library's callbacks as a method reference, {@code progress::update}.
   *
   * @param total 0 while it is unknown
   */
  void update(long done, long total);

  /** Adds one to what is done. */
  void step();

  /** Shows a few words beside the count, such as the current loss. */
  void remark(String words);

  /**
   * Shows a rate and a remaining time that the caller knows better than the count tells, in place
   * of the display's own: photos a second of a training whose steps are counted, for one.
   *
   * @param words {@code "142 photos/s, 12 min left"}
   */
  void pace(String words);

  /** Ends the display with one line that says how much was done, and in what time. */
  @Override
  void close();
}
