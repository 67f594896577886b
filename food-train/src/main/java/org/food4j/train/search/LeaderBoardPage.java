package org.food4j.train.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.page.BarChart;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.LineChart;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Tile;
import org.food4j.data.page.Unit;

/** A leader board's page: the leader, the table, bars and curves. */
final class LeaderBoardPage {
  private static final int MOST_CURVES = 6;
  private static final int MOST_BARS = 24;

  private final LeaderBoard board;

  private LeaderBoardPage(LeaderBoard board) {
    this.board = board;
  }

  static HtmlPage of(LeaderBoard board) {
    return new LeaderBoardPage(board).page();
  }

  private HtmlPage page() {
    return new HtmlPage(
        "Leader board",
        String.format(
            Locale.ROOT,
            "%d settings, %d %s photos",
            board.rows().size(),
            board.photos(),
            board.split()),
        List.of(table(), charts()));
  }

  private Section table() {
    LeaderBoardTable cells = new LeaderBoardTable(board);
    Table table = new Table("Leader board");
    // the rank stands before the first name: a column of its own would take a name's width
    for (LeaderBoardTable.Heading heading : cells.headings().subList(1, cells.headings().size())) {
      if (heading.number()) {
        table.number(heading.text());
      } else {
        table.text(heading.text());
      }
    }
    for (List<String> row : cells.cells()) {
      List<String> own = new ArrayList<>(row.subList(1, row.size()));
      own.set(0, row.get(0) + ". " + own.get(0));
      table.row(own.toArray(String[]::new));
    }
    List<Markup> content = new ArrayList<>();
    content.add(Tile.grid(tiles()));
    content.add(table.markup());
    content.add(Markup.paragraph(String.join(" ", cells.notes())).with("class", "note"));
    return new Section("ranking", "Ranking", content);
  }

  private List<Tile> tiles() {
    LeaderBoardRow leader = board.rows().get(0);
    LeaderBoardRow.Figures figures = leader.figures().orElseThrow();
    return List.of(
        new Tile(
            "Leading",
            label(leader),
            leader.runs().size() == 1 ? "one training" : leader.runs().size() + " seeds"),
        new Tile(
            "Validation top-1", Unit.PERCENT.text(figures.validationTop1().mean()), "what ranks"),
        new Tile(
            board.split().equals("test") ? "Test top-1" : "Validation top-1, evaluated",
            Unit.PERCENT.text(figures.top1().mean()),
            String.format(
                Locale.ROOT,
                "95\u00a0%% interval %.1f to %.1f\u00a0%%",
                100 * figures.top1Interval().low(),
                100 * figures.top1Interval().high())));
  }

  private static String label(LeaderBoardRow row) {
    return row.swept() && !row.values().isEmpty()
        ? String.join(", ", row.values().values())
        : row.name();
  }

  private Section charts() {
    List<Markup> content = new ArrayList<>();
    List<BarChart.Bar> bars = new ArrayList<>();
    List<LineChart.Series> curves = new ArrayList<>();
    for (int i = 0; i < board.rows().size(); i++) {
      LeaderBoardRow row = board.rows().get(i);
      if (row.figures().isPresent() && bars.size() < MOST_BARS) {
        LeaderBoardRow.Figures figures = row.figures().get();
        bars.add(
            new BarChart.Bar(
                label(row),
                figures.top1().mean(),
                Math.min(figures.top1().mean(), figures.top1Interval().low()),
                Math.max(figures.top1().mean(), figures.top1Interval().high()),
                String.format(
                    Locale.ROOT,
                    "(%.1f to %.1f)",
                    100 * figures.top1Interval().low(),
                    100 * figures.top1Interval().high()),
                0));
      }
      List<Double> curve = board.curves().get(i);
      if (!curve.isEmpty() && curves.size() < MOST_CURVES) {
        List<LineChart.Point> points = new ArrayList<>();
        for (double top1 : curve) {
          points.add(new LineChart.Point(points.size() + 1, top1));
        }
        curves.add(new LineChart.Series(label(row), points));
      }
    }
    content.add(
        Markup.block(
            "cards",
            new BarChart(
                    "Top-1 on the %s photos, in the order of the ranking".formatted(board.split()),
                    Unit.PERCENT,
                    bars)
                .markup(),
            new LineChart("Validation top-1 of the leading rows", "Epoch", Unit.PERCENT, curves)
                .markup()));
    content.add(
        Markup.paragraph(
                "Whiskers reach to the upper end of the 95 % interval. Curves are of each row's first training.")
            .with("class", "note"));
    return new Section("curves", "Top-1", content);
  }
}
