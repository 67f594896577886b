package org.food4j.cli.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.weights.catalogue.CacheSettings;
import org.food4j.models.weights.catalogue.PublicCatalogue;
import org.food4j.models.weights.catalogue.PublicWeights;
import org.food4j.models.weights.catalogue.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code food weights fetch}: public weights into the cache. */
@Command(
    name = "fetch",
    description = {
      "Downloads public weights into the cache, resuming what was interrupted, and checks them"
          + " against the SHA-256 of the first download.",
      "A proxy is taken from https_proxy, no_proxy and Java's own settings; FOOD4J_CACHE,"
          + " FOOD4J_MIRROR and FOOD4J_OFFLINE stand for the options."
    },
    footer = {
      "  food weights fetch efficientnet_b0",
      "  food weights fetch resnet50 --mirror https://mirror.example"
    })
public final class WeightsFetchCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "NAME", description = "A name that food weights lists.")
  private String name;

  @Option(
      names = "--mirror",
      paramLabel = "URL",
      description = "Address that takes the hub's place, with the same paths.")
  private URI mirror;

  @Option(names = "--cache", paramLabel = "DIR", description = "Where weights are kept.")
  private Path cache;

  @Option(
      names = "--offline",
      description = "Download nothing: say what is missing, and where it belongs.")
  private boolean offline;

  /** Prints to this terminal. */
  public WeightsFetchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    CacheSettings settings = CacheSettings.ofEnvironment();
    settings = mirror == null ? settings : settings.withBase(mirror);
    settings = cache == null ? settings : settings.withDirectory(cache);
    settings = offline ? settings.withOffline(true) : settings;
    PublicWeights weights = PublicCatalogue.named(name);
    try (DownloadBar bar = new DownloadBar(terminal, weights.name())) {
      terminal.print(new WeightsCache(settings).get(weights, bar).toString());
    }
    return 0;
  }
}
