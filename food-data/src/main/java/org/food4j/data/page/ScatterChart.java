package org.food4j.data.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Numbered spots with intervals over two figures, the horizontal one on a logarithmic scale: what
 * is gained against what it costs. Spots that nothing beats are filled and joined by a stepped
 * line; the others are hollow. The legend says what the numbers are.
 *
 * @param title what the spots are
 * @param xTitle what is paid, {@code "Latency"}
 * @param xUnit of the cost
 * @param yUnit of the gain
 * @param spots at least one
 */
public record ScatterChart(String title, String xTitle, Unit xUnit, Unit yUnit, List<Spot> spots) {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 250;
  private static final int RIGHT = WIDTH - 14;
  private static final int TOP = 12;
  private static final int BOTTOM = HEIGHT - 38;
  private static final double DIGIT_WIDTH = 6.6;
  private static final int RADIUS = 8;

  /**
   * A figure with its interval.
   *
   * @param value finite
   * @param low lower end of the interval, at most {@code value}
   * @param high upper end, at least {@code value}
   */
  public record Figure(double value, double low, double high) {
    /**
     * Checks the order.
     *
     * @throws IllegalArgumentException if the numbers are not finite, or not in the order low,
     *     value, high
     */
    public Figure {
      if (!(low <= value && value <= high && Double.isFinite(low) && Double.isFinite(high))) {
        throw new IllegalArgumentException(
            "A figure lies within its interval, not %s in %s to %s".formatted(value, low, high));
      }
    }
  }

  /**
   * One spot.
   *
   * @param name for the legend
   * @param cost above 0
   * @param gain any
   * @param front whether no other spot beats it
   */
  public record Spot(String name, Figure cost, Figure gain, boolean front) {
    /**
     * Checks the cost.
     *
     * @throws IllegalArgumentException if its interval is not above 0
     */
    public Spot {
      if (!(cost.low() > 0)) {
        throw new IllegalArgumentException(
            "The cost of %s reaches down to %s: a logarithmic scale takes what is above 0"
                .formatted(name, cost.low()));
      }
    }
  }

  /**
   * Copies the spots.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ScatterChart {
    spots = List.copyOf(spots);
    if (spots.isEmpty()) {
      throw new IllegalArgumentException("The chart '" + title + "' has no spot");
    }
  }

  /** The figure: title, drawing, legend. */
  public Markup markup() {
    Markup legend = Markup.element("ul").with("class", "legend spots");
    for (int i = 0; i < spots.size(); i++) {
      Spot spot = spots.get(i);
      legend =
          legend.add(
              Markup.element("li")
                  .add(
                      Markup.element("span")
                          .with(
                              "class",
                              "spot " + Palette.colour(i) + (spot.front() ? "" : " beaten"))
                          .add(Integer.toString(i + 1)),
                      Markup.text(spot.name() + " "),
                      Markup.element("b")
                          .add(
                              xUnit.text(spot.cost().value())
                                  + ", "
                                  + yUnit.text(spot.gain().value()))));
    }
    return Markup.element("figure")
        .with("class", "card")
        .add(Markup.element("figcaption").add(title), svg(), legend);
  }

  private Markup svg() {
    LogAxis x =
        LogAxis.around(
            values(spot -> spot.cost().low()).min().orElseThrow(),
            values(spot -> spot.cost().high()).max().orElseThrow());
    Axis y =
        Axis.around(
            values(spot -> spot.gain().low()).min().orElseThrow(),
            values(spot -> spot.gain().high()).max().orElseThrow(),
            5);
    int longest =
        y.ticks().stream().mapToInt(t -> yUnit.tick(t, y.step()).length()).max().orElse(1);
    Frame frame = new Frame(x, y, 10 + DIGIT_WIDTH * longest);
    List<Markup> parts = new ArrayList<>();
    for (double tick : y.ticks()) {
      double at = frame.vertical(tick);
      parts.add(Svg.line("grid", frame.left(), at, RIGHT, at));
      parts.add(Svg.label("end", frame.left() - 6, at + 4, yUnit.tick(tick, y.step())));
    }
    for (double tick : x.ticks()) {
      double at = frame.horizontal(tick);
      parts.add(Svg.line("grid", at, TOP, at, BOTTOM));
      String anchor = x.share(tick) > 0.95 ? "end" : "middle"; // stays on the drawing
      parts.add(Svg.label(anchor, at, BOTTOM + 16, xUnit.tick(tick, tick)));
    }
    parts.add(Svg.label("middle", (frame.left() + RIGHT) / 2, HEIGHT - 5, xTitle));
    parts.add(front(frame));
    for (int i = 0; i < spots.size(); i++) {
      parts.add(spot(spots.get(i), i, frame));
    }
    return Markup.element("svg")
        .with("class", "line")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "img")
        .with("aria-label", description())
        .add(parts);
  }

  /** Where figures lie in the drawing. */
  private record Frame(LogAxis x, Axis y, double left) {
    double horizontal(double value) {
      return left + x.share(value) * (RIGHT - left);
    }

    double vertical(double value) {
      return BOTTOM - y.share(value) * (BOTTOM - TOP);
    }
  }

  /** Between two spots one pays the higher cost before one has the higher gain. */
  private Markup front(Frame frame) {
    StringBuilder path = new StringBuilder();
    double height = Double.NaN;
    List<Spot> ascending =
        spots.stream()
            .filter(Spot::front)
            .sorted(Comparator.comparingDouble(spot -> spot.cost().value()))
            .toList();
    for (Spot spot : ascending) {
      double at = frame.horizontal(spot.cost().value());
      if (!Double.isNaN(height)) {
        Svg.addPoint(path, at, height);
      }
      height = frame.vertical(spot.gain().value());
      Svg.addPoint(path, at, height);
    }
    return Markup.element("polyline").with("class", "front").with("points", path.toString());
  }

  private Markup spot(Spot spot, int index, Frame frame) {
    double x = frame.horizontal(spot.cost().value());
    double y = frame.vertical(spot.gain().value());
    return Markup.element("g")
        .with("class", "spot " + Palette.colour(index) + (spot.front() ? "" : " beaten"))
        .add(
            Svg.line("interval", x, frame.vertical(spot.gain().low()), x, top(spot, frame)),
            Svg.line(
                "interval",
                frame.horizontal(spot.cost().low()),
                y,
                frame.horizontal(spot.cost().high()),
                y),
            Markup.element("circle")
                .with("cx", x)
                .with("cy", y)
                .with("r", RADIUS)
                .add(Markup.element("title").add(words(spot))),
            Svg.label("middle", x, y + 4, Integer.toString(index + 1)));
  }

  private static double top(Spot spot, Frame frame) {
    return frame.vertical(spot.gain().high());
  }

  private String words(Spot spot) {
    return "%s: %s (%s to %s), %s (%s to %s)"
        .formatted(
            spot.name(),
            xUnit.text(spot.cost().value()),
            xUnit.text(spot.cost().low()),
            xUnit.text(spot.cost().high()),
            yUnit.text(spot.gain().value()),
            yUnit.text(spot.gain().low()),
            yUnit.text(spot.gain().high()));
  }

  private String description() {
    return spots.stream().map(this::words).collect(Collectors.joining("; ", title + ": ", ""));
  }

  private DoubleStream values(java.util.function.ToDoubleFunction<Spot> part) {
    return spots.stream().mapToDouble(part);
  }
}
