package org.food4j.data.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A table under construction: first its columns, then its rows. The first column names the row. Not
 * thread-safe.
 */
public final class Table {
  private final String caption;
  private final List<String> headings = new ArrayList<>();
  private final List<String> styles = new ArrayList<>();
  private final List<Markup> rows = new ArrayList<>();

  /**
   * A table without columns.
   *
   * @param caption what the table shows; read out, not printed, since the section's heading says it
   */
  public Table(String caption) {
    this.caption = caption;
  }

  /** One more column, of words. */
  public Table text(String heading) {
    return column(heading, "word");
  }

  /** One more column, of figures, set flush right. */
  public Table number(String heading) {
    return column(heading, "number");
  }

  /** One more column, of bars, which takes what width is left. */
  public Table bar(String heading) {
    return column(heading, "wide");
  }

  /** One more row of plain texts. */
  public Table row(String... cells) {
    return row(Arrays.stream(cells).map(Markup::text).toArray(Markup[]::new));
  }

  /**
   * One more row.
   *
   * @throws IllegalArgumentException if it has not one cell per column
   */
  public Table row(Markup... cells) {
    if (cells.length != headings.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The table '%s' has the columns %s, the row %d cells",
              caption,
              headings,
              cells.length));
    }
    Markup row = Markup.element("tr");
    for (int i = 0; i < cells.length; i++) {
      Markup cell = i == 0 ? Markup.element("th").with("scope", "row") : Markup.element("td");
      row = row.add(cell.with("class", styles.get(i)).add(cells[i]));
    }
    rows.add(row);
    return this;
  }

  /** The table as it stands, in a frame that scrolls sideways where the page is too narrow. */
  public Markup markup() {
    Markup head = Markup.element("tr");
    for (int i = 0; i < headings.size(); i++) {
      head =
          head.add(
              Markup.element("th")
                  .with("scope", "col")
                  .with("class", styles.get(i))
                  .add(headings.get(i)));
    }
    return Scroll.around(
        caption,
        Markup.element("table")
            .add(
                Markup.element("caption").add(caption),
                Markup.element("thead").add(head),
                Markup.element("tbody").add(rows)));
  }

  private Table column(String heading, String style) {
    if (!rows.isEmpty()) {
      throw new IllegalStateException("The table '" + caption + "' has rows already");
    }
    headings.add(heading);
    styles.add(style);
    return this;
  }
}
