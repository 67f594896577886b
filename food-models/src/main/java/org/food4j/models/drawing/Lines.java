package org.food4j.models.drawing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The lines between boxes, as SVG paths that end where an arrow's head is to stand. */
final class Lines {
  private static final double LANE = 12;
  private static final double BEFORE = 9;
  private static final double STUB = 14;

  private final Layout layout;
  private final List<String> paths = new ArrayList<>();

  /** For each lane left of the middle, from the inside out, where its last line ends. */
  private final List<Double> lanes = new ArrayList<>();

  Lines(Layout layout) {
    this.layout = layout;
    for (Box box : layout.boxes().values()) {
      if (layout.flow().inputs(box.vertex()).isEmpty()) {
        paths.add(route(box.centre(), layout.top() - STUB, box.centre(), box.y()));
      }
      for (String input : layout.flow().inputs(box.vertex())) {
        Box from = layout.boxes().get(input);
        paths.add(path(from, column(from), box, column(box)));
      }
    }
  }

  /** The paths' data. */
  List<String> paths() {
    return List.copyOf(paths);
  }

  private Column column(Box box) {
    return layout.flow().column(box.vertex());
  }

  private String path(Box from, Column left, Box to, Column entered) {
    if (entered == Column.BRANCH) {
      return left == Column.BRANCH ? along(from, to) : intoBranch(from, to);
    }
    if (left == Column.BRANCH) {
      return route(
          from.centre(), from.bottom(), from.centre(), to.middle(), to.right(), to.middle());
    }
    if (left == Column.SHORTCUT && entered == Column.MAIN) {
      return route(from.centre(), from.bottom(), from.centre(), to.middle(), to.x(), to.middle());
    }
    if (left == Column.MAIN && entered == Column.SHORTCUT) {
      double turn = from.bottom() + layout.turnBelow(from);
      return route(
          from.centre(),
          from.bottom(),
          from.centre(),
          turn,
          to.centre(),
          turn,
          to.centre(),
          to.y());
    }
    return isNext(from, to) ? straight(from, to) : around(from, to);
  }

  private static String straight(Box from, Box to) {
    return route(from.centre(), from.bottom(), to.centre(), to.y());
  }

  /** Whether no other box of the same column stands between the two. */
  private boolean isNext(Box from, Box to) {
    return layout.boxes().values().stream()
        .noneMatch(b -> column(b) == column(to) && b.y() > from.y() && b.y() < to.y());
  }

  /** From one box of a branch to the next. */
  private static String along(Box from, Box to) {
    double turn = to.x() - BEFORE;
    return from.y() == to.y()
        ? route(from.right(), from.middle(), to.x(), to.middle())
        : route(
            from.right(),
            from.middle(),
            turn,
            from.middle(),
            turn,
            to.middle(),
            to.x(),
            to.middle());
  }

  /** Off the line that leads down the middle, where the box stands right of it. */
  private String intoBranch(Box from, Box to) {
    if (from.y() < to.y() && isLast(from, to)) {
      return route(from.centre(), from.bottom(), from.centre(), to.middle(), to.x(), to.middle());
    }
    double x = layout.rightOfMain();
    return route(
        from.right(), from.middle(), x, from.middle(), x, to.middle(), to.x(), to.middle());
  }

  private boolean isLast(Box from, Box to) {
    return layout.boxes().values().stream()
        .noneMatch(b -> column(b) == Column.MAIN && b.y() > from.y() && b.y() <= to.y());
  }

  /** Left of the middle, past what stands between. */
  private String around(Box from, Box to) {
    int lane = 0;
    while (lane < lanes.size() && lanes.get(lane) > from.y()) {
      lane++;
    }
    if (lane == lanes.size()) {
      lanes.add(to.y());
    } else {
      lanes.set(lane, to.y());
    }
    double x = to.x() - LANE * (lane + 1.5);
    double turn = from.bottom() + layout.turnBelow(from);
    return route(
        from.centre(),
        from.bottom(),
        from.centre(),
        turn,
        x,
        turn,
        x,
        to.middle(),
        to.x(),
        to.middle());
  }

  private static String route(double... coordinates) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < coordinates.length; i += 2) {
      path.append(
          String.format(
              Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", coordinates[i], coordinates[i + 1]));
    }
    return path.toString();
  }
}
