package org.food4j.data.page;

import java.util.List;

/**
 * A figure that is worth a large print.
 *
 * @param name what it is, {@code "Test top-1"}
 * @param value {@code "41.2 %"}
 * @param detail what it takes to judge the value, {@code "95 % interval 36 to 47 %"}; may be empty
 */
public record Tile(String name, String value, String detail) {
  /** Tiles side by side, as many in a row as fit. */
  public static Markup grid(List<Tile> tiles) {
    return Markup.element("dl")
        .with("class", "tiles")
        .add(tiles.stream().map(Tile::markup).toList());
  }

  /** Tiles side by side, as many in a row as fit. */
  public static Markup grid(Tile... tiles) {
    return grid(List.of(tiles));
  }

  private Markup markup() {
    Markup tile =
        Markup.block(
            "tile",
            Markup.element("dt").add(name),
            Markup.element("dd").with("class", "value").add(value));
    return detail.isEmpty()
        ? tile
        : tile.add(Markup.element("dd").with("class", "detail").add(detail));
  }
}
