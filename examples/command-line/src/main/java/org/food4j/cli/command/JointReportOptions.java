package org.food4j.cli.command;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where one report of several results goes. */
final class JointReportOptions {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Takes the joint report, in the same files as that of one.")
  private Path out;

  @Mixin private JsonOption json;

  Path out() {
    return out;
  }

  JsonOption json() {
    return json;
  }
}
