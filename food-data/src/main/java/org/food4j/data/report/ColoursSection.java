package org.food4j.data.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Table;
import org.food4j.data.page.Unit;
import org.food4j.data.preprocess.Preprocessing;

/** Which colours the photos have, by class and against what networks are normalised with. */
final class ColoursSection {
  private static final List<String> CHANNELS = List.of("Red", "Green", "Blue");

  private ColoursSection() {}

  static Section of(DatasetFigures figures, List<ClassLook> looks) {
    ColourStatistics all = figures.colours();
    return Section.of(
        "colours",
        "Colours",
        Markup.paragraph(
            "From %s of %s photos, spread evenly over each class; 0 is none, 1 is full, and each photo counts the same. Photos are read about as large as networks see them, which evens out the finest detail."
                .formatted(
                    Unit.COUNT.text(figures.coloursFrom()), Unit.COUNT.text(figures.kept()))),
        Markup.element("h3").add("The whole set, beside ImageNet"),
        whole(all),
        Markup.paragraph(
                "Networks with ImageNet's weights expect ImageNet's figures, whatever the photos' own are.")
            .with("class", "note"),
        Markup.element("h3").add("By class"),
        byClass(looks));
  }

  private static Markup whole(ColourStatistics all) {
    Table table = new Table("Colours of the whole set and of ImageNet").text("Channel");
    table.number("Mean").number("ImageNet's").number("Standard deviation").number("ImageNet's");
    for (int i = 0; i < CHANNELS.size(); i++) {
      table.row(
          CHANNELS.get(i),
          decimal(all.mean().get(i)),
          decimal(Preprocessing.IMAGENET_MEAN.get(i)),
          decimal(all.std().get(i)),
          decimal(Preprocessing.IMAGENET_STD.get(i)));
    }
    return table.markup();
  }

  private static Markup byClass(List<ClassLook> looks) {
    Table table =
        new Table("Colours by class").text("Class").text("Darker, mean, brighter").number("Photos");
    CHANNELS.forEach(table::number);
    for (ClassLook look : looks) {
      ColourStatistics colours = look.colours();
      List<Markup> cells = new ArrayList<>();
      cells.add(Markup.text(look.label().displayName()));
      cells.add(swatch(colours));
      cells.add(Markup.text(Unit.COUNT.text(colours.photos())));
      for (int i = 0; i < CHANNELS.size(); i++) {
        cells.add(
            Markup.text(
                decimal(colours.mean().get(i)) + " \u00b1 " + decimal(colours.std().get(i))));
      }
      table.row(cells.toArray(Markup[]::new));
    }
    return table.markup();
  }

  /** The mean colour between one standard deviation less and one more. */
  private static Markup swatch(ColourStatistics colours) {
    List<Markup> fields = new ArrayList<>();
    for (int deviations = -1; deviations <= 1; deviations++) {
      StringBuilder hex = new StringBuilder("#");
      for (int i = 0; i < CHANNELS.size(); i++) {
        double level = colours.mean().get(i) + deviations * colours.std().get(i);
        hex.append(
            String.format(Locale.ROOT, "%02x", Math.round(255 * Math.max(0, Math.min(1, level)))));
      }
      fields.add(Markup.element("i").with("style", "background:" + hex));
    }
    return Markup.block("tones").with("aria-hidden", "true").add(fields);
  }

  private static String decimal(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
