package org.food4j.data.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Horizontal bars from a common zero, each under its own line of text, to the left where a value is
 * below it. A bar may carry a whisker: a latency's bar ends at the median and its whisker at the
 * 95th percentile, a share has its interval on both sides.
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
   * @param value where the bar ends
   * @param low where its whisker begins, at most {@code value}; {@code value} itself for none
   * @param high where its whisker ends, at least {@code value}; {@code value} itself for none
   * @param detail said after the value, {@code "p95 7.1 ms"} for example; may be empty
   * @param colour of the palette, from 0
   */
  public record Bar(String name, double value, double low, double high, String detail, int colour) {
    /**
     * Checks the lengths.
     *
     * @throws IllegalArgumentException if they are not finite, or not in the order low, value, high
     */
    public Bar {
      if (!(low <= value && value <= high && Double.isFinite(low) && Double.isFinite(high))) {
        throw new IllegalArgumentException(
            "The bar '%s' ends at %s, its whisker goes from %s to %s: finite numbers, with the bar's end between the whisker's"
                .formatted(name, value, low, high));
      }
    }

    /** A bar without a whisker, or whose whisker begins at its end. */
    public Bar(String name, double value, double high, String detail, int colour) {
      this(name, value, value, high, detail, colour);
    }

    /** A bar without a whisker, with nothing said after its value. */
    public Bar(String name, double value, int colour) {
      this(name, value, value, value, "", colour);
    }

    /** Whether there is a whisker. */
    public boolean hasWhisker() {
      return high > low;
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

  /** From zero, or from the lowest value below it, to the highest one. */
  public Axis axis() {
    double low = bars.stream().mapToDouble(Bar::low).min().orElseThrow();
    double high = bars.stream().mapToDouble(Bar::high).max().orElseThrow();
    return Axis.around(Math.min(0, low), Math.max(0, high), 4);
  }

  /** The figure: title, bars, and the axis below them. */
  public Markup markup() {
    Axis axis = axis();
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
    double zero = axis.share(0);
    double end = axis.share(bar.value());
    parts.add(
        Markup.element("rect")
            .withShare("x", Math.min(zero, end))
            .with("y", 2)
            .with("height", 14)
            .with("rx", 2)
            .withShare("width", Math.abs(end - zero)));
    if (bar.hasWhisker()) {
      parts.add(whisker(axis.share(bar.low()), axis.share(bar.high()), 9, 9));
      parts.add(whisker(axis.share(bar.high()), axis.share(bar.high()), 4, 14));
    }
    if (bar.low() < bar.value()) {
      parts.add(whisker(axis.share(bar.low()), axis.share(bar.low()), 4, 14));
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
