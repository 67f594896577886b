package org.food4j.cli.command;

import org.food4j.data.manifest.Split;

/** What the value of {@code --split} means. */
final class SplitArgument {
  private SplitArgument() {}

  /**
   * The split of that name.
   *
   * @throws UsageException if there is none
   */
  static Split of(String name) {
    try {
      return Split.of(name);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--split: " + e.getMessage());
    }
  }
}
