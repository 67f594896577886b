package org.food4j.data.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * One or more curves over whole numbers, epochs for example, or over shares. Curves differ by
 * colour and by dashes; each point tells its value when pointed at.
 *
 * @param title what the curves show
 * @param xTitle what the horizontal axis shows, {@code "Epoch"}
 * @param xUnit of the positions: an axis of {@link Unit#COUNT} or {@link Unit#POWER_OF_TEN} has
 *     ticks at whole numbers and ends at the first and the last position, any other ends at ticks
 * @param unit of the values
 * @param series at least one
 * @param marks vertical lines; may be empty
 */
public record LineChart(
    String title, String xTitle, Unit xUnit, Unit unit, List<Series> series, List<Mark> marks) {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 214;
  private static final int RIGHT = WIDTH - 12;
  private static final int TOP = 10;
  private static final int BOTTOM = HEIGHT - 38;
  private static final double DIGIT_WIDTH = 6.6;
  private static final int MANY = 40;

  /**
   * A value at a position.
   *
   * @param x finite
   * @param y finite
   */
  public record Point(double x, double y) {}

  /**
   * One curve.
   *
   * @param name for the legend
   * @param points at least one, by ascending {@code x}
   */
  public record Series(String name, List<Point> points) {
    /**
     * Copies the points.
     *
     * @throws IllegalArgumentException if there is no point, or one is not finite
     */
    public Series {
      points = List.copyOf(points);
      if (points.isEmpty()) {
        throw new IllegalArgumentException("The curve '" + name + "' has no point");
      }
      for (Point point : points) {
        if (!Double.isFinite(point.x()) || !Double.isFinite(point.y())) {
          throw new IllegalArgumentException(
              "The curve '%s' has the point (%s, %s): only finite numbers can be drawn"
                  .formatted(name, point.x(), point.y()));
        }
      }
    }

    private Point last() {
      return points.get(points.size() - 1);
    }
  }

  /**
   * A vertical line.
   *
   * @param x where it stands
   * @param text what it means, {@code "best epoch: 12"}
   */
  public record Mark(double x, String text) {}

  /**
   * Copies curves and marks.
   *
   * @throws IllegalArgumentException if there is no curve
   */
  public LineChart {
    series = List.copyOf(series);
    marks = List.copyOf(marks);
    if (series.isEmpty()) {
      throw new IllegalArgumentException("The chart '" + title + "' has no curve");
    }
  }

  /** A chart over whole numbers. */
  public LineChart(String title, String xTitle, Unit unit, List<Series> series, List<Mark> marks) {
    this(title, xTitle, Unit.COUNT, unit, series, marks);
  }

  /** A chart over whole numbers, without marks. */
  public LineChart(String title, String xTitle, Unit unit, List<Series> series) {
    this(title, xTitle, unit, series, List.of());
  }

  /** The figure: title, drawing, legend; over whole numbers with each curve's last value. */
  public Markup markup() {
    Markup legend = Markup.element("ul").with("class", "legend");
    for (int i = 0; i < series.size(); i++) {
      Markup name = Markup.element("li").add(swatch(i), Markup.text(series.get(i).name()));
      if (xUnit == Unit.COUNT) { // what came last is where a training stands
        name =
            name.add(
                Markup.text(" "), Markup.element("b").add(unit.text(series.get(i).last().y())));
      }
      legend = legend.add(name);
    }
    for (Mark mark : marks) {
      legend = legend.add(Markup.element("li").with("class", "mark").add(mark.text()));
    }
    return Markup.element("figure")
        .with("class", "card")
        .add(Markup.element("figcaption").add(title), svg(), legend);
  }

  private Markup svg() {
    Axis x =
        xUnit == Unit.COUNT || xUnit == Unit.POWER_OF_TEN
            ? Axis.whole(lowest(Point::x), highest(Point::x), 6)
            : Axis.around(lowest(Point::x), highest(Point::x), 5);
    Axis y = Axis.around(lowest(Point::y), highest(Point::y), 5);
    int longest = y.ticks().stream().mapToInt(t -> unit.tick(t, y.step()).length()).max().orElse(1);
    double left = 10 + DIGIT_WIDTH * longest;
    List<Markup> parts = new ArrayList<>();
    for (double tick : y.ticks()) {
      double at = vertical(y, tick);
      parts.add(Svg.line("grid", left, at, RIGHT, at));
      parts.add(Svg.label("end", left - 6, at + 4, unit.tick(tick, y.step())));
    }
    for (double tick : x.ticks()) {
      double at = horizontal(x, left, tick);
      parts.add(Svg.label("middle", at, BOTTOM + 16, xUnit.tick(tick, x.step())));
    }
    parts.add(Svg.label("middle", (left + RIGHT) / 2, HEIGHT - 5, xTitle));
    for (Mark mark : marks) {
      double at = horizontal(x, left, mark.x());
      parts.add(Svg.line("mark", at, TOP, at, BOTTOM));
    }
    for (int i = 0; i < series.size(); i++) {
      parts.add(curve(series.get(i), i, x, y, left));
    }
    return Markup.element("svg")
        .with("class", "line")
        .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
        .with("role", "img")
        .with("aria-label", description())
        .add(parts);
  }

  private Markup curve(Series curve, int index, Axis x, Axis y, double left) {
    List<Markup> parts = new ArrayList<>();
    StringBuilder path = new StringBuilder();
    String radius = curve.points().size() > MANY ? "0.5" : "2.4";
    for (Point point : curve.points()) {
      Markup dot =
          Markup.element("circle")
              .with("cx", horizontal(x, left, point.x()))
              .with("cy", vertical(y, point.y()))
              .with("r", radius)
              .add(
                  Markup.element("title")
                      .add(
                          "%s, %s %s: %s"
                              .formatted(
                                  curve.name(),
                                  xTitle.toLowerCase(java.util.Locale.ROOT),
                                  xUnit.text(point.x()),
                                  unit.text(point.y()))));
      parts.add(dot);
      Svg.addPoint(path, horizontal(x, left, point.x()), vertical(y, point.y()));
    }
    return Markup.element("g")
        .with("class", Palette.colour(index))
        .add(Markup.element("polyline").with("points", path.toString()))
        .add(parts);
  }

  private String description() {
    return series.stream()
        .map(
            s ->
                "%s from %s to %s"
                    .formatted(s.name(), unit.text(s.points().get(0).y()), unit.text(s.last().y())))
        .collect(Collectors.joining("; ", title + ": ", ""));
  }

  private double lowest(java.util.function.ToDoubleFunction<Point> part) {
    return values(part).min().orElseThrow();
  }

  private double highest(java.util.function.ToDoubleFunction<Point> part) {
    return values(part).max().orElseThrow();
  }

  private DoubleStream values(java.util.function.ToDoubleFunction<Point> part) {
    return series.stream().flatMap(s -> s.points().stream()).mapToDouble(part);
  }

  private static double horizontal(Axis axis, double left, double value) {
    return left + axis.share(value) * (RIGHT - left);
  }

  private static double vertical(Axis axis, double value) {
    return BOTTOM - axis.share(value) * (BOTTOM - TOP);
  }

  private static Markup swatch(int index) {
    return Markup.element("svg")
        .with("class", "swatch " + Palette.colour(index))
        .with("viewBox", "0 0 24 8")
        .with("aria-hidden", "true")
        .add(Markup.element("polyline").with("points", "0,4 24,4"));
  }
}
