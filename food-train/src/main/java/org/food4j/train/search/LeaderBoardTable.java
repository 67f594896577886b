package org.food4j.train.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.data.file.Csv;
import org.food4j.train.evaluate.SeedBootstrap;

/** A leader board as cells, the same in Markdown and on its page; and as plain numbers in CSV. */
final class LeaderBoardTable {
  private static final String NONE = "–";

  private final LeaderBoard board;

  /** Whether names are needed to tell rows apart. */
  private final boolean names;

  private final boolean seeds;

  /** Whether any two rows are single trainings, which McNemar's test is for. */
  private final boolean tests;

  LeaderBoardTable(LeaderBoard board) {
    this.board = board;
    names = board.keys().isEmpty() || board.rows().stream().anyMatch(row -> !row.swept());
    seeds = board.rows().stream().anyMatch(row -> row.runs().size() > 1);
    tests =
        board.rows().stream()
            .flatMap(row -> row.figures().stream())
            .anyMatch(figures -> figures.pValue().isPresent());
  }

  /** A column's heading, and whether it holds figures. */
  record Heading(String text, boolean number) {}

  List<Heading> headings() {
    List<Heading> headings = new ArrayList<>();
    headings.add(new Heading("#", true));
    if (names) {
      headings.add(new Heading("run", false));
    }
    board.keys().forEach(key -> headings.add(new Heading(key, false)));
    if (seeds) {
      headings.add(new Heading("seeds", true));
    }
    for (String figure :
        List.of(
            "parameters",
            "epochs",
            "minutes",
            "val. top-1, %",
            board.split() + " top-1, %",
            "top-5, %",
            "macro F1",
            "against no. 1, points")) {
      headings.add(new Heading(figure, true));
    }
    if (tests) {
      headings.add(new Heading("McNemar p", true));
    }
    return headings;
  }

  List<List<String>> cells() {
    List<List<String>> all = new ArrayList<>();
    for (int i = 0; i < board.rows().size(); i++) {
      all.add(cells(i + 1, board.rows().get(i)));
    }
    return all;
  }

  private List<String> cells(int rank, LeaderBoardRow row) {
    List<String> cells = new ArrayList<>();
    cells.add(Integer.toString(rank));
    if (names) {
      cells.add(row.name());
    }
    board.keys().forEach(key -> cells.add(row.values().get(key)));
    if (seeds) {
      int all = row.runs().size() + row.failures().size();
      cells.add(row.failures().isEmpty() ? "" + all : row.runs().size() + " of " + all);
    }
    if (row.figures().isEmpty()) {
      cells.addAll(List.of(NONE, NONE, NONE, "failed", NONE, NONE, NONE, NONE));
      if (tests) {
        cells.add(NONE);
      }
      return cells;
    }
    LeaderBoardRow.Figures figures = row.figures().get();
    cells.add(count(figures.parameters()));
    cells.add(epochs(figures.epochs(), row.planned()));
    cells.add(text("%.1f", figures.minutes()));
    cells.add(percent(figures.validationTop1()));
    cells.add(
        text(
            "%s (%.1f to %.1f)",
            percent(figures.top1()),
            100 * figures.top1Interval().low(),
            100 * figures.top1Interval().high()));
    cells.add(percent(figures.top5()));
    cells.add(
        figures.macroF1().count() > 1
            ? text("%.3f ± %.3f", figures.macroF1().mean(), figures.macroF1().standardDeviation())
            : text("%.3f", figures.macroF1().mean()));
    cells.add(difference(figures.difference()));
    if (tests) {
      cells.add(figures.pValue().isEmpty() ? NONE : pValue(figures.pValue().getAsDouble()));
    }
    return cells;
  }

  private static String epochs(double trained, OptionalInt planned) {
    return text(trained % 1 == 0 ? "%.0f" : "%.1f", trained)
        + (planned.isPresent() ? " of " + planned.getAsInt() : "");
  }

  private static String difference(Optional<SeedBootstrap.Difference> given) {
    return given
        .map(d -> text("%s (%s to %s)", points(d.value()), points(d.low()), points(d.high())))
        .orElse(NONE);
  }

  private static String points(double share) {
    String text = text("%+.1f", 100 * share);
    return text.equals("-0.0") || text.equals("+0.0") ? "0.0" : text.replace('-', '−');
  }

  private static String pValue(double p) {
    return p < 0.001 ? "< 0.001" : text("%.3f", p);
  }

  private static String percent(Spread spread) {
    return spread.count() > 1
        ? text("%.1f ± %.1f", 100 * spread.mean(), 100 * spread.standardDeviation())
        : text("%.1f", 100 * spread.mean());
  }

  private static String count(long parameters) {
    return parameters < 1_000_000
        ? text("%.0f k", parameters / 1e3)
        : text("%.2f M", parameters / 1e6);
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** What it takes to read the table, sentence by sentence. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add(
        board.split().equals("test")
            ? "Ranked by validation top-1 of the epoch that was kept; the %d test photos judge and took no part in any choice."
                .formatted(board.photos())
            : "Ranked by validation top-1. There are no test photos: the %d validation photos choose and judge, which flatters."
                .formatted(board.photos()));
    if (seeds) {
      notes.add(
          "± is the standard deviation over seeds. In brackets are 95 % intervals: of top-1 Wilson's, of several seeds' mean the bootstrap's over photos and seeds;");
    } else {
      notes.add("In brackets are 95 % intervals: of top-1 Wilson's;");
    }
    notes.add(
        "of the difference to no. 1 in top-1 the paired bootstrap's over photos"
            + (seeds ? ", and over seeds where a row has several" : "")
            + (tests ? ". McNemar's test is the exact one, between single trainings." : "."));
    notes.add(
        "Epochs and minutes are those of one training, without the features of a frozen part. Data set %s."
            .formatted(
                board.fingerprint().substring(0, Math.min(12, board.fingerprint().length()))));
    if (board.rows().stream().anyMatch(row -> row.planned().isPresent())) {
      notes.add(
          "Rows of some epochs of more were stopped by halving, and rank behind those that went on.");
    }
    for (LeaderBoardRow row : board.rows()) {
      row.failures()
          .forEach(
              (run, reason) -> notes.add("%s failed: %s.".formatted(run.getFileName(), reason)));
    }
    return notes;
  }

  String markdown() {
    StringBuilder out = new StringBuilder("|");
    StringBuilder rule = new StringBuilder("|");
    for (Heading heading : headings()) {
      out.append(' ').append(escaped(heading.text())).append(" |");
      rule.append(heading.number() ? "---:|" : "---|");
    }
    out.append('\n').append(rule).append('\n');
    for (List<String> row : cells()) {
      out.append('|');
      row.forEach(cell -> out.append(' ').append(escaped(cell)).append(" |"));
      out.append('\n');
    }
    return out.append('\n').append(String.join(" ", notes())).append('\n').toString();
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|").replace("\n", " ");
  }

  /** One line per row; what a row lacks is empty. */
  String csv() {
    List<List<String>> lines = new ArrayList<>();
    List<String> headings = new ArrayList<>(List.of("rank", "name"));
    headings.addAll(board.keys());
    headings.addAll(
        List.of(
            "runs",
            "failed",
            "planned_epochs",
            "parameters",
            "epochs",
            "minutes",
            "validation_top1",
            "validation_top1_sd",
            "top1",
            "top1_sd",
            "top1_low",
            "top1_high",
            "top5",
            "top5_sd",
            "macro_f1",
            "macro_f1_sd",
            "difference",
            "difference_low",
            "difference_high",
            "p_value"));
    lines.add(headings);
    for (int i = 0; i < board.rows().size(); i++) {
      LeaderBoardRow row = board.rows().get(i);
      List<String> line = new ArrayList<>(List.of(Integer.toString(i + 1), row.name()));
      board.keys().forEach(key -> line.add(row.values().get(key)));
      line.add(Integer.toString(row.runs().size()));
      line.add(Integer.toString(row.failures().size()));
      line.add(row.planned().isPresent() ? "" + row.planned().getAsInt() : "");
      row.figures().ifPresent(figures -> numbers(line, figures));
      while (line.size() < headings.size()) {
        line.add("");
      }
      lines.add(line);
    }
    return Csv.write(lines);
  }

  private static void numbers(List<String> line, LeaderBoardRow.Figures figures) {
    line.add(Long.toString(figures.parameters()));
    line.add(Double.toString(figures.epochs()));
    line.add(Double.toString(figures.minutes()));
    spread(line, figures.validationTop1());
    spread(line, figures.top1());
    line.add(Double.toString(figures.top1Interval().low()));
    line.add(Double.toString(figures.top1Interval().high()));
    spread(line, figures.top5());
    spread(line, figures.macroF1());
    figures
        .difference()
        .ifPresentOrElse(
            d -> List.of(d.value(), d.low(), d.high()).forEach(v -> line.add(Double.toString(v))),
            () -> line.addAll(List.of("", "", "")));
    figures.pValue().ifPresent(p -> line.add(Double.toString(p)));
  }

  private static void spread(List<String> line, Spread spread) {
    line.add(Double.toString(spread.mean()));
    line.add(spread.count() > 1 ? Double.toString(spread.standardDeviation()) : "");
  }
}
