package org.food4j.cli.command;

import picocli.CommandLine.Command;

/** The group of verbs {@code food data}. */
@Command(
    name = "data",
    description = "Prepares photos for training and looks into what was prepared.")
public final class DataCommand {}
