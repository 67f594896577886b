package org.food4j.models.drawing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.food4j.models.analysis.StageCosts;
import org.food4j.models.analysis.VertexCosts;

/**
 * Where everything stands, in pixels: stages from top to bottom, in each the longest way through
 * its blocks one vertex below the other, shortcuts on the left, attention on the right.
 */
final class Layout {
  static final double MARGIN = 24;

  /** Width of the part of a band that says what the stage costs. */
  static final double FACTS = 214;

  private static final double TOP = 146;
  private static final double ROW = 44;
  private static final double FRAME_HEAD = 24;
  private static final double FRAME_FOOT = 9;
  private static final double BAND_PADDING = 14;
  private static final double LEAST_BAND = 112;
  private static final double GAP = 26;
  private static final double LANES = 44;

  /** Room left of the middle for the names of blocks. */
  private static final double LABELS = 158;

  private final Flow flow;
  private final Map<String, Box> boxes = new LinkedHashMap<>();
  private final List<Band> bands = new ArrayList<>();
  private final double shortcutX;
  private final double shortcutWidth;
  private final double mainX;
  private final double mainWidth;
  private double y = TOP;
  private double right;

  Layout(List<StageCosts> stages) {
    Map<StageCosts, List<Block>> blocks = new LinkedHashMap<>();
    stages.forEach(stage -> blocks.put(stage, Block.of(stage)));
    flow = new Flow(blocks.values().stream().flatMap(List::stream).toList());
    shortcutWidth = widest(Column.SHORTCUT);
    mainWidth = widest(Column.MAIN);
    shortcutX = MARGIN + FACTS + LANES;
    mainX =
        Math.max(
            shortcutX + (shortcutWidth > 0 ? shortcutWidth + GAP : 0),
            isFramed(blocks) ? blocksX() + LABELS : 0);
    right = mainX + mainWidth;
    blocks.forEach(this::place);
  }

  Flow flow() {
    return flow;
  }

  /** By the vertex's name, in order. */
  Map<String, Box> boxes() {
    return boxes;
  }

  List<Band> bands() {
    return bands;
  }

  /** Of the picture. */
  double width() {
    return right + GAP + MARGIN;
  }

  /** Of the picture. */
  double height() {
    return y + MARGIN - GAP / 2;
  }

  /** Between the middle and the boxes right of it: where lines may run. */
  double rightOfMain() {
    return mainX + mainWidth + GAP / 2;
  }

  /** How far below a box a line may turn aside: between boxes, blocks or bands, not on an edge. */
  double turnBelow(Box box) {
    for (Band band : bands) {
      for (Band.Frame frame : band.frames()) {
        if (frame.bottom() - box.bottom() == FRAME_FOOT) {
          return FRAME_FOOT + BAND_PADDING / 2;
        }
      }
      if (band.bottom() - box.bottom() == BAND_PADDING) {
        return BAND_PADDING + GAP / 4;
      }
    }
    return (ROW - Box.HEIGHT) / 2;
  }

  /** Where the first vertex's input comes from. */
  double top() {
    return TOP;
  }

  private static boolean isFramed(Map<StageCosts, List<Block>> blocks) {
    return blocks.values().stream()
        .flatMap(List::stream)
        .anyMatch(block -> !block.name().isEmpty());
  }

  /** The left edge of everything that is drawn of blocks. */
  double blocksX() {
    return MARGIN + FACTS;
  }

  private double widest(Column column) {
    double width = 0;
    for (VertexCosts vertex : flow.vertices()) {
      if (flow.column(vertex) == column) {
        width = Math.max(width, Box.widthOf(vertex));
      }
    }
    return width;
  }

  private void place(StageCosts stage, List<Block> blocks) {
    double top = y;
    y += BAND_PADDING;
    List<Band.Frame> frames = new ArrayList<>();
    for (Block block : blocks) {
      double frameTop = y;
      boolean framed = !block.name().isEmpty();
      y += framed ? FRAME_HEAD : 0;
      for (VertexCosts vertex : block.vertices()) {
        if (flow.column(vertex) == Column.MAIN) {
          place(vertex);
        }
      }
      if (framed) {
        y += FRAME_FOOT - (ROW - Box.HEIGHT);
        frames.add(new Band.Frame(block, frameTop, y));
        y += BAND_PADDING;
      }
    }
    boolean lastFramed = !blocks.get(blocks.size() - 1).name().isEmpty();
    y += lastFramed ? 0 : BAND_PADDING - (ROW - Box.HEIGHT);
    y = Math.max(y, top + LEAST_BAND);
    bands.add(new Band(stage, top, y, frames));
    y += GAP / 2;
  }

  /** A vertex of the middle, and above it what ends there. */
  private void place(VertexCosts vertex) {
    List<VertexCosts> branch = flow.beside(vertex, Column.BRANCH);
    if (!branch.isEmpty()) {
      placeBranch(branch);
    }
    List<VertexCosts> shortcut = flow.beside(vertex, Column.SHORTCUT);
    for (int i = 0; i < shortcut.size(); i++) {
      double above = y - ROW * (shortcut.size() - i);
      put(new Box(shortcut.get(i), shortcutX, above, shortcutWidth));
    }
    put(new Box(vertex, mainX, y, mainWidth));
    y += ROW;
  }

  /** From left to right by depth; what has the same depth stands below each other. */
  private void placeBranch(List<VertexCosts> branch) {
    Map<Integer, List<VertexCosts>> columns = new LinkedHashMap<>();
    branch.stream()
        .sorted((a, b) -> Integer.compare(flow.depth(a), flow.depth(b)))
        .forEach(v -> columns.computeIfAbsent(flow.depth(v), d -> new ArrayList<>()).add(v));
    double x = mainX + mainWidth + GAP;
    int rows = 1;
    for (List<VertexCosts> column : columns.values()) {
      double width = column.stream().mapToDouble(Box::widthOf).max().orElse(0);
      for (int row = 0; row < column.size(); row++) {
        put(new Box(column.get(row), x, y + row * ROW, width));
      }
      rows = Math.max(rows, column.size());
      x += width + GAP;
    }
    right = Math.max(right, x - GAP);
    y += rows * ROW;
  }

  private void put(Box box) {
    boxes.put(box.vertex().name(), box);
  }
}
