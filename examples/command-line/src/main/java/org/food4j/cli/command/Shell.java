package org.food4j.cli.command;

/** A shell that can complete commands. */
enum Shell {
  BASH("bash", "~/.bashrc"),
  ZSH("zsh", "~/.zshrc");

  private final String key;
  private final String startFile;

  Shell(String key, String startFile) {
    this.key = key;
    this.startFile = startFile;
  }

  /** The name on the command line. */
  String key() {
    return key;
  }

  /** What it reads when it starts. */
  String startFile() {
    return startFile;
  }

  /** The parameter's values. */
  static final class Shells extends Choice<Shell> {
    Shells() {
      super(Shell.class, Shell::key);
    }
  }
}
