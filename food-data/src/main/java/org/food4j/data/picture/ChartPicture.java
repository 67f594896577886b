package org.food4j.data.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.food4j.data.page.Axis;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Unit;

/** The charts of pages as images. */
public final class ChartPicture {
  private static final double WIDTH = 460;
  private static final double MARGIN = 16;
  private static final double TITLE_HEIGHT = 24;
  private static final double PLOT_HEIGHT = 210;
  private static final double LEGEND_ROW = 18;
  private static final double BAR_ROW = 34;
  private static final double BAR_TOP = 17;
  private static final double BAR_HEIGHT = 11;
  private static final int MANY = 40;

  private ChartPicture() {}

  /**
   * Curves with their axes, their marks, and a legend.
   *
   * @throws IllegalStateException if there are no fonts, as {@link PictureFonts#require} says
   */
  public static BufferedImage of(LineChart chart) {
    int legend = chart.series().size() == 1 ? 0 : chart.series().size();
    legend += chart.marks().size();
    double top = MARGIN + TITLE_HEIGHT;
    double bottom = top + PLOT_HEIGHT;
    try (Paper paper = new Paper(WIDTH, bottom + 44 + LEGEND_ROW * legend + MARGIN / 2)) {
      paper.title(chart.title(), MARGIN, MARGIN + 12, WIDTH - 2 * MARGIN);
      boolean whole = chart.xUnit() == Unit.COUNT || chart.xUnit() == Unit.POWER_OF_TEN;
      Axis x =
          whole
              ? Axis.whole(lowest(chart, LineChart.Point::x), highest(chart, LineChart.Point::x), 6)
              : Axis.around(
                  lowest(chart, LineChart.Point::x), highest(chart, LineChart.Point::x), 5);
      Axis y =
          Axis.around(lowest(chart, LineChart.Point::y), highest(chart, LineChart.Point::y), 5);
      Frame frame =
          new Frame(x, y, MARGIN + 8 + widest(y.ticks(), chart.unit(), y.step()), top, bottom);
      frame.drawAxes(paper, chart);
      for (LineChart.Mark mark : chart.marks()) {
        double at = frame.across(mark.x());
        paper.line(at, top, at, bottom, 1.2, Paper.PALE_INK);
      }
      for (int i = 0; i < chart.series().size(); i++) {
        frame.drawCurve(paper, chart.series().get(i).points(), Paper.colour(i));
      }
      double row = bottom + 58;
      if (chart.series().size() > 1) {
        for (int i = 0; i < chart.series().size(); i++, row += LEGEND_ROW) {
          paper.line(frame.left, row - 4, frame.left + 18, row - 4, 2.2, Paper.colour(i));
          paper.text(chart.series().get(i).name(), frame.left + 26, row, Paper.SMALL, Paper.INK);
        }
      }
      for (LineChart.Mark mark : chart.marks()) {
        paper.line(frame.left + 9, row - 10, frame.left + 9, row + 2, 1.2, Paper.PALE_INK);
        paper.text(mark.text(), frame.left + 26, row, Paper.SMALL, Paper.INK);
        row += LEGEND_ROW;
      }
      return paper.image();
    }
  }

  /**
   * Bars, each under its name and value, and the axis below them.
   *
   * @throws IllegalStateException if there are no fonts, as {@link PictureFonts#require} says
   */
  public static BufferedImage of(BarChart chart) {
    double top = MARGIN + TITLE_HEIGHT;
    double bottom = top + BAR_ROW * chart.bars().size() + 4;
    try (Paper paper = new Paper(WIDTH, bottom + 20 + MARGIN / 2)) {
      paper.title(chart.title(), MARGIN, MARGIN + 12, WIDTH - 2 * MARGIN);
      Axis axis = chart.axis();
      double wide = WIDTH - 2 * MARGIN;
      List<Double> ticks = axis.ticks();
      for (int i = 0; i < ticks.size(); i++) {
        double at = MARGIN + axis.share(ticks.get(i)) * wide;
        String words = chart.unit().tick(ticks.get(i), axis.step());
        double shift = i == 0 ? 0 : i == ticks.size() - 1 ? 1 : 0.5;
        paper.text(
            words,
            at - shift * Paper.width(words, Paper.SMALL),
            bottom + 16,
            Paper.SMALL,
            Paper.PALE_INK);
      }
      for (int i = 0; i < chart.bars().size(); i++) {
        drawBar(paper, chart, chart.bars().get(i), axis, top + i * BAR_ROW);
      }
      return paper.image();
    }
  }

  private static void drawBar(
      Paper paper, BarChart chart, BarChart.Bar bar, Axis axis, double row) {
    double wide = WIDTH - 2 * MARGIN;
    paper.text(bar.name(), MARGIN, row + 12, Paper.TEXT, Paper.INK);
    String figures = chart.unit().text(bar.value());
    paper.textTo(
        bar.detail().isEmpty() ? figures : figures + "  " + bar.detail(),
        MARGIN + wide,
        row + 12,
        Paper.TEXT,
        Paper.PALE_INK);
    // beside the bars alone: lines through the words above them would make these hard to read
    for (double tick : axis.ticks()) {
      double at = MARGIN + axis.share(tick) * wide;
      paper.line(at, row + BAR_TOP - 2, at, row + BAR_TOP + BAR_HEIGHT + 2, 1, Paper.GRID);
    }
    double zero = MARGIN + axis.share(0) * wide;
    double end = MARGIN + axis.share(bar.value()) * wide;
    paper.box(
        Math.min(zero, end),
        row + BAR_TOP,
        Math.abs(end - zero),
        BAR_HEIGHT,
        Paper.colour(bar.colour()));
    paper.line(zero, row + BAR_TOP - 2, zero, row + BAR_TOP + BAR_HEIGHT + 2, 1, Paper.PALE_INK);
    if (bar.hasWhisker()) {
      double from = MARGIN + axis.share(bar.low()) * wide;
      double to = MARGIN + axis.share(bar.high()) * wide;
      double middle = row + BAR_TOP + BAR_HEIGHT / 2;
      paper.line(from, middle, to, middle, 1.4, Paper.INK);
      paper.line(to, middle - 4, to, middle + 4, 1.4, Paper.INK);
      if (bar.low() < bar.value()) {
        paper.line(from, middle - 4, from, middle + 4, 1.4, Paper.INK);
      }
    }
  }

  /** Where values lie on the paper. */
  private record Frame(Axis x, Axis y, double left, double top, double bottom) {
    private static final double RIGHT = WIDTH - MARGIN - 6;

    double across(double value) {
      return left + x.share(value) * (RIGHT - left);
    }

    double up(double value) {
      return bottom - y.share(value) * (bottom - top);
    }

    void drawAxes(Paper paper, LineChart chart) {
      for (double tick : y.ticks()) {
        paper.line(left, up(tick), RIGHT, up(tick), 1, Paper.GRID);
        paper.textTo(
            chart.unit().tick(tick, y.step()), left - 8, up(tick) + 4, Paper.SMALL, Paper.PALE_INK);
      }
      for (double tick : x.ticks()) {
        paper.textAround(
            chart.xUnit().tick(tick, x.step()),
            across(tick),
            bottom + 17,
            Paper.SMALL,
            Paper.PALE_INK);
      }
      paper.textAround(chart.xTitle(), (left + RIGHT) / 2, bottom + 36, Paper.SMALL, Paper.INK);
    }

    void drawCurve(Paper paper, List<LineChart.Point> points, Color color) {
      for (int i = 0; i < points.size(); i++) {
        double px = across(points.get(i).x());
        double py = up(points.get(i).y());
        if (i > 0) {
          LineChart.Point before = points.get(i - 1);
          paper.line(across(before.x()), up(before.y()), px, py, 1.8, color);
        }
        if (points.size() <= MANY) {
          paper.dot(px, py, 2.6, color);
        }
      }
    }
  }

  private static double widest(List<Double> ticks, Unit unit, double step) {
    return ticks.stream()
        .mapToDouble(tick -> Paper.width(unit.tick(tick, step), Paper.SMALL))
        .max()
        .orElse(0);
  }

  private static double lowest(LineChart chart, ToDoubleFunction<LineChart.Point> part) {
    return values(chart, part).min().orElseThrow();
  }

  private static double highest(LineChart chart, ToDoubleFunction<LineChart.Point> part) {
    return values(chart, part).max().orElseThrow();
  }

  private static DoubleStream values(LineChart chart, ToDoubleFunction<LineChart.Point> part) {
    return chart.series().stream().flatMap(s -> s.points().stream()).mapToDouble(part);
  }
}
