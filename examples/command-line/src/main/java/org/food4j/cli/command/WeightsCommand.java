package org.food4j.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.food4j.cli.terminal.Terminal;
import org.food4j.models.weights.catalogue.CacheSettings;
import org.food4j.models.weights.catalogue.PublicCatalogue;
import org.food4j.models.weights.catalogue.PublicWeights;
import org.food4j.models.weights.catalogue.WeightsCache;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code food weights}: the public weights that are known by name. */
@Command(
    name = "weights",
    description = {
      "Lists public ImageNet weights that --weights takes by name: their network, licence, and"
          + " whether they lie in the cache.",
      "A network's name stands for the first of its weights. \"Unverified\": the address and"
          + " settings follow the publisher's, but have not been tried by this project."
    },
    footer = {"  food weights", "  food weights fetch resnet50"})
public final class WeightsCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private JsonOption json;

  /** Prints to this terminal. */
  public WeightsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** An element of the JSON document. */
  private record Row(
      String name,
      String model,
      String address,
      String licence,
      boolean verified,
      boolean cached) {}

  @Override
  public Integer call() {
    CacheSettings settings = CacheSettings.ofEnvironment();
    WeightsCache cache = new WeightsCache(settings);
    List<Row> rows =
        PublicCatalogue.all().stream().map(weights -> row(weights, settings, cache)).toList();
    json.print(
        terminal,
        rows,
        () -> {
          terminal.print("%-42s %-20s %-12s %s".formatted("name", "network", "licence", "state"));
          for (Row row : rows) {
            terminal.print(
                "%-42s %-20s %-12s %s%s"
                    .formatted(
                        row.name(),
                        row.model(),
                        row.licence(),
                        row.verified() ? "verified" : "unverified",
                        row.cached() ? ", in the cache" : ""));
          }
          terminal.print("Cache: " + settings.directory());
        });
    return 0;
  }

  private static Row row(PublicWeights weights, CacheSettings settings, WeightsCache cache) {
    return new Row(
        weights.name(),
        weights.architecture(),
        weights.address(settings.base()).toString(),
        weights.licence(),
        weights.verified(),
        cache.holds(weights));
  }
}
