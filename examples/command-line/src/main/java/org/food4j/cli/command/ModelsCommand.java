package org.food4j.cli.command;

import picocli.CommandLine.Command;

/** The group of verbs {@code food models}. */
@Command(name = "models", description = "Lists the networks that can be trained and checks them.")
public final class ModelsCommand {}
