package org.food4j.data.page;

/** Frames for what is wider than a phone. */
final class Scroll {
  private Scroll() {}

  /** A frame that scrolls sideways, also with the keyboard, and says what it holds. */
  static Markup around(String name, Markup content) {
    return Markup.block("scroll", content)
        .with("role", "region")
        .with("aria-label", name)
        .with("tabindex", "0");
  }
}
