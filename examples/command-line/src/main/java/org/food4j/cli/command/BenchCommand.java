package org.food4j.cli.command;

import picocli.CommandLine.Command;

/** The group of verbs {@code food bench}. */
@Command(name = "bench", description = "Measures models in any form.")
public final class BenchCommand {}
