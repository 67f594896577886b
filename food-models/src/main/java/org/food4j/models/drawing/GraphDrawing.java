package org.food4j.models.drawing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.file.AtomicFile;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Unit;
import org.food4j.models.analysis.NetworkCosts;
import org.food4j.models.analysis.StageCosts;
import org.food4j.models.analysis.VertexCosts;
import org.food4j.models.analysis.VertexKind;

/** The picture of a network's graph. Immutable. */
public final class GraphDrawing {
  private static final String STYLE = style();
  private static final double CORNER = 5;
  private static final double BAR = 170;

  private final NetworkCosts costs;
  private final Layout layout;

  private GraphDrawing(NetworkCosts costs) {
    this.costs = costs;
    layout = new Layout(costs.stages());
  }

  /** The picture of a network with its costs. */
  public static GraphDrawing of(NetworkCosts costs) {
    return new GraphDrawing(costs);
  }

  /** In pixels, if it is shown in its own size. */
  public int width() {
    return (int) Math.ceil(Math.max(layout.width(), 820));
  }

  /** In pixels, if it is shown in its own size. */
  public int height() {
    return (int) Math.ceil(layout.height());
  }

  /** The SVG element, which may also stand in a page. */
  public Markup markup() {
    List<Markup> parts = new ArrayList<>();
    parts.add(Markup.element("title").add("The graph of " + costs.name()));
    parts.add(Markup.element("style").add(STYLE));
    parts.add(arrowHead());
    parts.add(
        Markup.element("rect")
            .with("class", "paper")
            .with("width", width())
            .with("height", height()));
    parts.addAll(header());
    layout.bands().forEach(band -> parts.add(band(band)));
    for (String path : new Lines(layout).paths()) {
      parts.add(Markup.element("path").with("class", "line").with("d", path));
    }
    layout.boxes().values().forEach(box -> parts.add(box(box)));
    return Markup.element("svg")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("class", "network")
        .with("viewBox", "0 0 %d %d".formatted(width(), height()))
        .with("width", width())
        .with("height", height())
        .with("role", "img")
        .add(parts);
  }

  /**
   * Writes the picture beside its place and moves it there.
   *
   * @param file replaced if it exists
   * @throws IOException if it cannot be written; the file is then as it was
   */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, markup() + "\n");
  }

  private List<Markup> header() {
    List<Markup> parts = new ArrayList<>();
    parts.add(text("name", Layout.MARGIN, 40, costs.name()));
    parts.add(
        text(
            "quiet",
            Layout.MARGIN,
            63,
            format(
                "%d pixels, %d classes: %,d parameters, %.3f GMACs (1 MAC = 1 multiply-addition)",
                costs.inputSize(), costs.classes(), costs.trainable(), costs.macs() / 1e9)));
    double x = Layout.MARGIN;
    for (VertexKind kind : VertexKind.values()) {
      parts.add(
          Markup.element("rect")
              .with("class", kind.key())
              .with("x", x)
              .with("y", 82)
              .with("width", 16)
              .with("height", 16)
              .with("rx", 3));
      parts.add(text("quiet", x + 22, 94, kind.key()));
      x += 44 + 6.4 * kind.key().length();
    }
    layout.boxes().values().stream()
        .findFirst()
        .ifPresent(
            first ->
                parts.add(
                    text(
                        "quiet",
                        first.centre() + 8,
                        layout.top() - 6,
                        shape(List.of((long) costs.inputSize(), (long) costs.inputSize(), 3L)))));
    return parts;
  }

  private Markup band(Band band) {
    StageCosts stage = band.stage();
    double x = Layout.MARGIN + 16;
    List<Markup> parts = new ArrayList<>();
    parts.add(
        Markup.element("rect")
            .with("class", "band")
            .with("x", Layout.MARGIN)
            .with("y", band.top())
            .with("width", width() - 2 * Layout.MARGIN)
            .with("height", band.bottom() - band.top())
            .with("rx", 8));
    parts.add(text("stage", x, band.top() + 26, stage.name()));
    parts.add(text("shape", x, band.top() + 45, shape(stage.shape())));
    parts.addAll(share(x, band.top() + 66, "parameters", stage.trainable(), costs.trainable()));
    parts.addAll(share(x, band.top() + 90, "MACs", stage.macs(), costs.macs()));
    for (Band.Frame frame : band.frames()) {
      parts.add(
          Markup.element("rect")
              .with("class", "block")
              .with("x", layout.blocksX())
              .with("y", frame.top())
              .with("width", width() - layout.blocksX() - Layout.MARGIN - 12)
              .with("height", frame.bottom() - frame.top())
              .with("rx", 6));
      parts.add(text("label", layout.blocksX() + 10, frame.top() + 17, frame.block().label()));
      int times = frame.block().repeats().size();
      if (times > 1) {
        parts.add(
            text("times", width() - Layout.MARGIN - 24, frame.top() + 20, "\u00d7 " + times)
                .with("text-anchor", "end"));
      }
    }
    return Markup.element("g").add(parts);
  }

  /** A number, its share of the network's, and the share as a bar. */
  private static List<Markup> share(double x, double y, String what, long part, long whole) {
    double share = whole == 0 ? 0 : (double) part / whole;
    return List.of(
        text("quiet", x, y, format("%s %s, %.1f %%", amount(part), what, 100 * share)),
        bar("whole", x, y + 5, BAR),
        bar("part", x, y + 5, BAR * share));
  }

  private static Markup bar(String style, double x, double y, double width) {
    return Markup.element("rect")
        .with("class", style)
        .with("x", x)
        .with("y", y)
        .with("width", width)
        .with("height", 4)
        .with("rx", 2);
  }

  private static Markup box(Box box) {
    VertexCosts vertex = box.vertex();
    return Markup.element("g")
        .with("class", "vertex")
        .add(
            Markup.element("title")
                .add(
                    format(
                        "%s: %s; output %s, %,d parameters, %,d MACs, %s",
                        vertex.name(),
                        vertex.description(),
                        shape(vertex.shape()),
                        vertex.trainable(),
                        vertex.macs(),
                        Unit.BYTES.text(vertex.activationBytes()))),
            Markup.element("rect")
                .with("class", vertex.kind().key())
                .with("x", box.x())
                .with("y", box.y())
                .with("width", box.width())
                .with("height", Box.HEIGHT)
                .with("rx", CORNER),
            text("what", box.centre(), box.middle() + 4, vertex.description())
                .with("text-anchor", "middle"));
  }

  private static Markup arrowHead() {
    return Markup.element("defs")
        .add(
            Markup.element("marker")
                .with("id", "head")
                .with("viewBox", "0 0 8 8")
                .with("refX", 7)
                .with("refY", 4)
                .with("markerWidth", 7)
                .with("markerHeight", 7)
                .with("orient", "auto")
                .add(
                    Markup.element("path").with("class", "head").with("d", "M0 0.8L7.4 4L0 7.2z")));
  }

  private static Markup text(String style, double x, double y, String text) {
    return Markup.element("text").with("class", style).with("x", x).with("y", y).add(text);
  }

  private static String shape(List<Long> shape) {
    return shape.stream().map(String::valueOf).collect(joining(" \u00d7 "));
  }

  /** {@code 25.6 M}: three digits. */
  private static String amount(long count) {
    String[] units = {"", " k", " M", " G"};
    double value = count;
    int unit = 0;
    while (value >= 999.5 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return format("%." + decimals + "f%s", value, units[unit]);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String style() {
    try (InputStream in = GraphDrawing.class.getResourceAsStream("graph.css")) {
      if (in == null) {
        throw new IllegalStateException("graph.css is missing beside " + GraphDrawing.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("graph.css cannot be read", e);
    }
  }
}
