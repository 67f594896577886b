package org.food4j.data.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Horizontal bars from a common zero, each under its own line of text. A bar may carry a whisker: a
 * latency's bar ends at the median and its whisker at the 95th percentile.
 *
 * @param title what the bars show
 * @param unit of the values
 * @param bars at least one, in the order of reading
 */
public record BarChart(String title, Unit unit, List<Bar> bars) {
  /**
   * One bar.
   *
   * @param name whose value it is
   * @param value where the bar ends, at least 0
   * @param upTo where its whisker ends, at least {@code value}; {@code value} itself for none
   * @param detail said after the value, {@code "p95 7.1 ms"} for example; may be empty
   * @param colour of the palette, from 0
   */
  public record Bar(String name, double value, double upTo, String detail, int colour) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they are not finite, or not in the order 0, value,
     *     whisker
     */
    public Bar {
      if (!(value >= 0 && upTo >= value && Double.isFinite(upTo))) {
        throw new IllegalArgumentException(
            "The bar '%s' ends at %s, its whisker at %s: finite numbers from 0 up, in that order"
                .formatted(name, value, upTo));
      }
    }
  }

  /**
   * Copies the bars.
   *
   * @throws IllegalArgumentException if there is none
   */
  public BarChart {
    bars = List.copyOf(bars);
    if (bars.isEmpty()) {
      throw new IllegalArgumentException("The chart '" + title + "' has no bar");
    }
  }

  /** The figure: title, bars, and the axis below them. */
  public Markup markup() {
    Axis axis = Axis.around(0, bars.stream().mapToDouble(Bar::upTo).max().orElseThrow(), 4);
    List<Markup> items = new ArrayList<>();
    for (Bar bar : bars) {
      Markup figures = Markup.element("span").add(Markup.element("b").add(unit.text(bar.value())));
      items.add(
          Markup.element("li")
              .with("class", Palette.colour(bar.colour()))
              .add(
                  Markup.block(
                      "names",
                      Markup.element("span").add(bar.name()),
                      bar.detail().isEmpty() ? figures : figures.add(" " + bar.detail())),
                  drawing(bar, axis)));
    }
    return Markup.element("figure")
        .with("class", "card bars")
        .add(Markup.element("figcaption").add(title), Markup.element("ul").add(items), scale(axis));
  }

  // Positions in per cent of the drawing, without a view box: bars stretch, their text does not.
  private static Markup drawing(Bar bar, Axis axis) {
    List<Markup> parts = new ArrayList<>(gridLines(axis));
    parts.add(
        Markup.element("rect")
            .with("y", 2)
            .with("height", 14)
            .with("rx", 2)
            .withShare("width", axis.share(bar.value())));
    if (bar.upTo() > bar.value()) {
      parts.add(whisker(axis.share(bar.value()), axis.share(bar.upTo()), 9, 9));
      parts.add(whisker(axis.share(bar.upTo()), axis.share(bar.upTo()), 4, 14));
    }
    return Markup.element("svg").with("height", 18).with("aria-hidden", "true").add(parts);
  }

  private Markup scale(Axis axis) {
    List<Markup> parts = new ArrayList<>();
    List<Double> ticks = axis.ticks();
    for (int i = 0; i < ticks.size(); i++) {
      parts.add(
          Markup.element("text")
              .withShare("x", axis.share(ticks.get(i)))
              .with("y", 12)
              .with("text-anchor", i == 0 ? "start" : i == ticks.size() - 1 ? "end" : "middle")
              .add(unit.tick(ticks.get(i), axis.step())));
    }
    return Markup.element("svg").with("height", 16).with("aria-hidden", "true").add(parts);
  }

  private static List<Markup> gridLines(Axis axis) {
    return axis.ticks().stream()
        .map(
            tick ->
                Markup.element("line")
                    .with("class", "grid")
                    .withShare("x1", axis.share(tick))
                    .withShare("x2", axis.share(tick))
                    .with("y1", 0)
                    .withShare("y2", 1))
        .toList();
  }

  private static Markup whisker(double x1, double x2, double y1, double y2) {
    return Markup.element("line")
        .with("class", "whisker")
        .withShare("x1", x1)
        .withShare("x2", x2)
        .with("y1", y1)
        .with("y2", y2);
  }
}
