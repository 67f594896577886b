package org.food4j.cli.command;

import org.food4j.cli.terminal.Progress;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.weights.catalogue.DownloadProgress;

/** A download on the terminal: a bar from the first bytes on, nothing where there are none. */
final class DownloadBar implements DownloadProgress, AutoCloseable {
  private static final long MEBIBYTE = 1 << 20;

  private final Terminal terminal;
  private final String name;
  private Progress bar;

  DownloadBar(Terminal terminal, String name) {
    this.terminal = terminal;
    this.name = name;
  }

  @Override
  public void update(long done, long total) {
    if (bar == null) {
      bar = terminal.progress("Downloading " + name, 0, "MiB");
    }
    bar.update(done / MEBIBYTE, total / MEBIBYTE);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
