package org.food4j.data.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.Rejection;

/** What a prepared data set holds: counts, sizes, rejected photos, and a look at each class. */
public final class DatasetPage {
  private static final int THUMBNAIL = 128;

  private final Dataset dataset;
  private final List<Rejection> rejected;
  private final List<ManifestEntry> originals;

  private DatasetPage(Dataset dataset, List<Rejection> rejected) {
    this.dataset = dataset;
    this.rejected = List.copyOf(rejected);
    this.originals = dataset.entries().stream().filter(e -> !e.isCopy()).toList();
  }

  /**
   * The page of a data set.
   *
   * @param rejected the photos left out, in the order to list them
   * @param decoder for the contact sheets
   * @param photosPerClass on a contact sheet, evenly spaced over the class
   * @throws IOException if a photo of the manifest cannot be read or decoded
   */
  public static HtmlPage of(
      Dataset dataset, List<Rejection> rejected, PhotoDecoder decoder, int photosPerClass)
      throws IOException {
    if (dataset.entries().isEmpty()) {
      throw new IllegalArgumentException("The data set holds no photo: " + dataset.directory());
    }
    DatasetPage page = new DatasetPage(dataset, rejected);
    List<Section> sections = new ArrayList<>();
    sections.add(page.summary());
    sections.add(page.classes());
    sections.add(page.sizes());
    if (!rejected.isEmpty()) {
      sections.add(page.rejections());
    }
    sections.add(page.contactSheets(decoder, photosPerClass));
    return new HtmlPage(
        "Data set " + dataset.directory().toAbsolutePath().normalize().getFileName(),
        "Photos from %s, fingerprint %s"
            .formatted(dataset.photoRoot(), brief(dataset.fingerprint())),
        sections);
  }

  private static String brief(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length()));
  }

  private Section summary() {
    List<Tile> tiles = new ArrayList<>();
    tiles.add(new Tile("Classes", Unit.COUNT.text(dataset.labels().size()), smallestAndLargest()));
    tiles.add(new Tile("Photos", Unit.COUNT.text(originals.size()), copies()));
    for (Split split : Split.values()) {
      int count = dataset.entries(split).size();
      tiles.add(
          new Tile(
              heading(split),
              Unit.COUNT.text(count),
              Unit.PERCENT.text((double) count / dataset.entries().size()) + " of all lines"));
    }
    tiles.add(new Tile("Rejected", Unit.COUNT.text(rejected.size()), "files left out"));
    return Section.of("summary", "Summary", Tile.grid(tiles));
  }

  private String smallestAndLargest() {
    List<Integer> sizes =
        dataset.labels().asList().stream().map(label -> of(label).size()).sorted().toList();
    return "%s to %s photos each"
        .formatted(Unit.COUNT.text(sizes.get(0)), Unit.COUNT.text(sizes.get(sizes.size() - 1)));
  }

  private String copies() {
    int copies = dataset.entries().size() - originals.size();
    return copies == 0 ? "no copies" : "and " + Unit.COUNT.text(copies) + " copies in training";
  }

  private List<ManifestEntry> of(Label label) {
    return originals.stream().filter(e -> e.label() == label.index()).toList();
  }

  private Section classes() {
    Table table = new Table("Photos per class and split").text("Class").bar("Share of the largest");
    table.number("Originals").number("Copies");
    for (Split split : Split.values()) {
      table.number(heading(split));
    }
    Map<Integer, List<ManifestEntry>> byLabel = new TreeMap<>();
    dataset.labels().forEach(label -> byLabel.put(label.index(), new ArrayList<>()));
    dataset.entries().forEach(e -> byLabel.get(e.label()).add(e));
    int largest = byLabel.values().stream().mapToInt(List::size).max().orElse(1);
    for (Label label : dataset.labels()) {
      List<ManifestEntry> entries = byLabel.get(label.index());
      int copies = (int) entries.stream().filter(ManifestEntry::isCopy).count();
      List<Markup> cells = new ArrayList<>();
      List<Double> shares = new ArrayList<>();
      for (Split split : Split.values()) {
        long count = entries.stream().filter(e -> e.split() == split).count();
        shares.add((double) count / largest);
        cells.add(Markup.text(Unit.COUNT.text(count)));
      }
      cells.add(0, Markup.text(label.displayName()));
      cells.add(1, ShareBar.stacked(shares));
      cells.add(2, Markup.text(Unit.COUNT.text(entries.size() - copies)));
      cells.add(3, Markup.text(Unit.COUNT.text(copies)));
      table.row(cells.toArray(Markup[]::new));
    }
    Markup legend = Markup.element("ul").with("class", "legend");
    for (Split split : Split.values()) {
      Markup key = Markup.element("span").with("class", "key " + Palette.colour(split.ordinal()));
      legend = legend.add(Markup.element("li").add(key, Markup.text(heading(split))));
    }
    return Section.of("classes", "Photos per class", table.markup(), legend);
  }

  private Section sizes() {
    Map<String, Integer> buckets = new LinkedHashMap<>();
    int[] edges = {128, 224, 320, 512, 1024};
    for (int i = 0; i <= edges.length; i++) {
      int from = i == 0 ? 0 : edges[i - 1];
      int to = i == edges.length ? Integer.MAX_VALUE : edges[i];
      int count =
          (int) originals.stream().filter(e -> shorter(e) >= from && shorter(e) < to).count();
      String name =
          i == 0
              ? "below " + to + " px"
              : i == edges.length ? from + " px and more" : from + " to " + (to - 1) + " px";
      buckets.put(name, count);
    }
    List<BarChart.Bar> bars = new ArrayList<>();
    buckets.forEach(
        (name, count) ->
            bars.add(
                new BarChart.Bar(
                    name,
                    count,
                    count,
                    "(" + Unit.PERCENT.text((double) count / originals.size()) + ")",
                    0)));
    Table table =
        new Table("Photo sizes in pixels")
            .text("Pixels")
            .number("Smallest")
            .number("Median")
            .number("Largest");
    addRange(table, "Width", ManifestEntry::width);
    addRange(table, "Height", ManifestEntry::height);
    addRange(table, "Shorter side", DatasetPage::shorter);
    return Section.of(
        "sizes",
        "Photo sizes",
        table.markup(),
        new BarChart("Photos by shorter side", Unit.COUNT, bars).markup());
  }

  private static int shorter(ManifestEntry entry) {
    return Math.min(entry.width(), entry.height());
  }

  private void addRange(Table table, String name, ToIntFunction<ManifestEntry> size) {
    int[] sorted = originals.stream().mapToInt(size).sorted().toArray();
    table.row(
        name,
        Unit.COUNT.text(sorted[0]),
        Unit.COUNT.text(sorted[sorted.length / 2]),
        Unit.COUNT.text(sorted[sorted.length - 1]));
  }

  private Section rejections() {
    Map<String, Integer> reasons = new TreeMap<>();
    rejected.forEach(r -> reasons.merge(r.reason(), 1, Integer::sum));
    Table counts = new Table("Rejected photos by reason").text("Reason").number("Photos");
    reasons.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(e -> counts.row(e.getKey(), Unit.COUNT.text(e.getValue())));
    Table list = new Table("Rejected photos").text("Photo").text("Reason");
    rejected.forEach(r -> list.row(r.path(), r.reason()));
    Markup all = Markup.element("h3").add("Each of them");
    // Where nearly each file has a reason of its own, counting the reasons says nothing.
    return 2 * reasons.size() > rejected.size()
        ? Section.of("rejected", "Rejected photos", list.markup())
        : Section.of("rejected", "Rejected photos", counts.markup(), all, list.markup());
  }

  private Section contactSheets(PhotoDecoder decoder, int photosPerClass) throws IOException {
    List<Markup> sheets = new ArrayList<>();
    for (Label label : dataset.labels()) {
      Markup sheet = Markup.element("ul").with("class", "sheet");
      for (ManifestEntry entry : EvenPick.of(of(label), photosPerClass)) {
        Markup photo =
            Thumbnail.of(dataset.photo(entry), decoder, THUMBNAIL)
                .markup(label.displayName() + ", " + entry.path())
                .with("title", entry.path() + " (" + entry.split().key() + ")");
        sheet = sheet.add(Markup.element("li").add(photo));
      }
      sheets.add(Markup.element("h3").add(label.displayName()));
      sheets.add(sheet);
    }
    return new Section("contact-sheets", "A look at each class", sheets);
  }

  private static String heading(Split split) {
    return switch (split) {
      case TRAIN -> "Training";
      case VALIDATION -> "Validation";
      case TEST -> "Test";
    };
  }
}
