package org.food4j.data.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.EvenPick;
import org.food4j.data.page.Markup;
import org.food4j.data.page.Section;
import org.food4j.data.page.Thumbnail;
import org.food4j.data.page.Unit;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;

/** Photos that are in the folder more than once, side by side. */
final class DuplicatesSection {
  /** The most pairs of a kind that are shown, spread evenly over all. */
  static final int SHOWN = 24;

  private static final String NONE =
      "None: no two files have the same bytes, and no two photos look alike.";

  private final Dataset dataset;
  private final PhotoDecoder decoder;
  private final Map<String, String> splits = new HashMap<>();

  /**
   * @param remark what stands beside the two photos
   */
  private record Shown(String path, String other, String remark) {}

  private DuplicatesSection(Dataset dataset, PhotoDecoder decoder) {
    this.dataset = dataset;
    this.decoder = decoder;
    for (ManifestEntry entry : dataset.entries()) {
      splits.put(entry.path(), entry.split().key());
    }
  }

  static Section of(
      Dataset dataset, List<Rejection> rejected, List<LookAlike> lookAlikes, PhotoDecoder decoder)
      throws IOException {
    List<Shown> contradictory = new ArrayList<>();
    List<Shown> near = new ArrayList<>();
    List<Shown> alike = new ArrayList<>();
    List<Shown> exact = new ArrayList<>();
    Map<String, LookAlike> byPaths = new HashMap<>();
    lookAlikes.forEach(pair -> byPaths.put(pair.path() + "\n" + pair.other(), pair));
    for (Rejection r : rejected) {
      String other = r.other().orElse("");
      if (r.kind() == Rejection.Kind.DUPLICATE) {
        exact.add(new Shown(other, r.path(), "the same bytes"));
      } else if (r.kind() == Rejection.Kind.CONTRADICTORY && r.path().compareTo(other) > 0) {
        LookAlike pair = byPaths.get(r.path() + "\n" + other);
        contradictory.add(
            new Shown(other, r.path(), pair == null ? "the same photo" : remark(pair)));
      }
    }
    DuplicatesSection section = new DuplicatesSection(dataset, decoder);
    for (LookAlike pair : lookAlikes) {
      if (section.splits.containsKey(pair.path()) || section.splits.containsKey(pair.other())) {
        (pair.isSame() ? near : alike).add(new Shown(pair.other(), pair.path(), remark(pair)));
      }
    }
    Map<String, List<Shown>> kinds = new LinkedHashMap<>();
    kinds.put("The same photo in two classes: left out, both", contradictory);
    kinds.put("Near duplicates: in one split together", near);
    kinds.put("Alike, perhaps not the same: in one split together", alike);
    kinds.put("Files with the same bytes: one is kept", exact);
    List<Markup> content = new ArrayList<>();
    for (Map.Entry<String, List<Shown>> kind : kinds.entrySet()) {
      if (!kind.getValue().isEmpty()) {
        section.add(kind.getKey(), kind.getValue(), content);
      }
    }
    return content.isEmpty()
        ? Section.of("duplicates", "Duplicates", Markup.paragraph(NONE))
        : new Section("duplicates", "Duplicates", content);
  }

  private static String remark(LookAlike pair) {
    return String.format(
        Locale.ROOT, "similarity %.3f%s", pair.similarity(), pair.mirrored() ? ", mirrored" : "");
  }

  private void add(String heading, List<Shown> pairs, List<Markup> content) throws IOException {
    content.add(Markup.element("h3").add(heading));
    content.add(
        Markup.paragraph(
                pairs.size() > SHOWN
                    ? "%s pairs, of which %d are shown, spread evenly."
                        .formatted(Unit.COUNT.text(pairs.size()), SHOWN)
                    : pairs.size() == 1 ? "1 pair." : Unit.COUNT.text(pairs.size()) + " pairs.")
            .with("class", "note"));
    List<Markup> cards = new ArrayList<>();
    for (Shown pair : EvenPick.of(pairs, SHOWN)) {
      cards.add(
          Markup.block(
              "card pair",
              side(pair.path()),
              side(pair.other()),
              Markup.paragraph(pair.remark()).with("class", "note")));
    }
    content.add(Markup.block("shots").add(cards));
  }

  private Markup side(String path) throws IOException {
    Path file = dataset.photoRoot().resolve(path);
    String fate = splits.getOrDefault(path, "left out");
    // People delete duplicates once the page has shown them.
    Markup picture =
        Files.exists(file)
            ? Thumbnail.of(
                    ClassLook.decode(file, decoder, ClassLook.THUMBNAIL), ClassLook.THUMBNAIL)
                .markup(path)
            : Markup.block("gone", Markup.text("no longer there"));
    return Markup.block(
        "side", picture, Markup.paragraph(path), Markup.paragraph(fate).with("class", "note"));
  }
}
