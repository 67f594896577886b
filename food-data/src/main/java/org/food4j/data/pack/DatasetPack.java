package org.food4j.data.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.Sha256;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.DatasetException;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.Labels;
import org.food4j.data.manifest.ManifestCsv;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.scan.PhotoTree;
import org.food4j.data.scan.Progress;

/**
 * A data set as files to hand over; the package's description specifies them. Immutable.
 *
 * @param dataset what is packed
 * @param parts the splits that are packed, at least one
 */
public record DatasetPack(Dataset dataset, Set<Split> parts) {
  static final String LABELS = "labels.json";
  static final String MANIFEST = "manifest.csv";

  /** Problems that an error lists before it only counts them. */
  private static final int LISTED = 5;

  /**
   * Copies the parts.
   *
   * @throws IllegalArgumentException if there is none, or they hold no photo
   */
  public DatasetPack {
    parts = Set.copyOf(parts);
    Set<Split> chosen = parts;
    if (dataset.entries().stream().noneMatch(entry -> chosen.contains(entry.split()))) {
      throw new IllegalArgumentException(
          "%s has no photos in the parts to pack: %s"
              .formatted(dataset.directory(), chosen.stream().sorted().map(Split::key).toList()));
    }
  }

  /** The whole data set. */
  public static DatasetPack of(Dataset dataset) {
    return new DatasetPack(dataset, EnumSet.allOf(Split.class));
  }

  /**
   * Whether a folder is a pack, whose parts are photo folders while it is none itself.
   *
   * @throws IOException if it cannot be looked at
   */
  public static boolean isPack(PhotoTree folder) throws IOException {
    boolean hasDocument =
        folder.list().stream()
            .anyMatch(entry -> entry.isFile() && entry.name().equals(PackDocument.NAME));
    return hasDocument
        && PackDocument.isOne(new String(folder.read(PackDocument.NAME), StandardCharsets.UTF_8));
  }

  /**
   * Writes the pack: a zip file if the name ends in {@code .zip}, else a folder. It is written
   * beside its place and moved there when it is complete; an older pack there is replaced, files in
   * its folder that are no pack's stay.
   *
   * @param progress told of each file that was packed
   * @throws IllegalArgumentException if something else than a pack lies at {@code out}, or {@code
   *     out} lies among the photos or holds them; nothing is written then
   * @throws DatasetException if photos are gone or have changed since the data set was prepared
   * @throws IOException if a file cannot be read or written
   */
  public PackSummary write(Path out, Progress progress) throws IOException {
    requireApart(out);
    PackTarget target = PackTarget.at(out);
    target.requireReplaceable();
    Labels labels = safelyNamed();
    TreeMap<String, ManifestEntry> photos = new TreeMap<>();
    List<ManifestEntry> packed = new ArrayList<>();
    for (ManifestEntry entry : dataset.entries()) {
      if (parts.contains(entry.split())) {
        String path =
            String.join(
                "/",
                entry.split().key(),
                labels.get(entry.label()).name(),
                PackNames.file(entry.id(), entry.path()));
        photos.put(path, entry);
        packed.add(entry.withPath(path));
      }
    }
    PackSummary.Counts counts = counts(packed);
    byte[] names = utf8(labels.toJson());
    byte[] manifest = utf8(ManifestCsv.manifest(packed, labels));
    Map<String, String> sha256 = new LinkedHashMap<>();
    sha256.put(LABELS, Sha256.of(names));
    sha256.put(MANIFEST, Sha256.of(manifest));
    PackDocument document = PackDocument.of(dataset.fingerprint(), counts, sha256);
    PhotoBytes bytes = new PhotoBytes();
    target.write(
        sink -> {
          sink.put(LABELS, names);
          sink.put(MANIFEST, manifest);
          sink.put(PackDocument.NAME, utf8(document.toJson()));
          bytes.giveTo(sink, photos, progress);
        });
    return new PackSummary(counts, bytes.total, renamed(labels));
  }

  /** Replacing a pack deletes its photos, which may be those that the data set refers to. */
  private void requireApart(Path out) throws IOException {
    DirectoryPlace place = DirectoryPlace.of(out);
    if (place.isInside(dataset.photoRoot())) {
      throw new IllegalArgumentException(
          "%s lies inside the photo folder %s and would count as photos: choose a place outside"
              .formatted(out, dataset.photoRoot()));
    }
    // Each photo, too: links in the photo folder are followed.
    Set<Path> photos = new LinkedHashSet<>(List.of(dataset.photoRoot()));
    dataset.entries().forEach(entry -> photos.add(dataset.photo(entry)));
    for (Path photo : photos) {
      if (place.holds(photo)) {
        throw new IllegalArgumentException(
            "%s holds the photos of the data set (%s), which would be lost with the pack that is replaced: choose another place; nothing was changed"
                .formatted(out, photo));
      }
    }
  }

  private Labels safelyNamed() {
    List<String> names = dataset.labels().asList().stream().map(Label::name).toList();
    List<String> folders = PackNames.folders(names);
    return new Labels(
        dataset.labels().asList().stream()
            .map(
                label ->
                    new Label(
                        label.index(),
                        folders.get(label.index()),
                        label.displayName(),
                        label.metadata()))
            .toList());
  }

  private Map<String, String> renamed(Labels labels) {
    Map<String, String> renamed = new LinkedHashMap<>();
    for (Label label : dataset.labels()) {
      String folder = labels.get(label.index()).name();
      if (!folder.equals(label.name())) {
        renamed.put(label.name(), folder);
      }
    }
    return renamed;
  }

  private PackSummary.Counts counts(List<ManifestEntry> packed) {
    int[] perSplit = new int[Split.values().length];
    packed.forEach(entry -> perSplit[entry.split().ordinal()]++);
    int copies = (int) packed.stream().filter(ManifestEntry::isCopy).count();
    return new PackSummary.Counts(
        dataset.labels().size(),
        packed.size() - copies,
        copies,
        perSplit[Split.TRAIN.ordinal()],
        perSplit[Split.VALIDATION.ordinal()],
        perSplit[Split.TEST.ordinal()]);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Hands over the photos' bytes, counts them, and finds out which are not what they were. */
  private final class PhotoBytes {
    private long total;

    void giveTo(PackTarget.Sink sink, TreeMap<String, ManifestEntry> photos, Progress progress)
        throws IOException {
      List<String> problems = new ArrayList<>();
      int done = 0;
      for (Map.Entry<String, ManifestEntry> photo : photos.entrySet()) {
        Path source = dataset.photo(photo.getValue());
        try {
          byte[] bytes = Files.readAllBytes(source);
          if (Sha256.of(bytes).equals(photo.getValue().sha256())) {
            sink.put(photo.getKey(), bytes);
            total += bytes.length;
          } else {
            problems.add(source + " has changed");
          }
        } catch (NoSuchFileException e) {
          problems.add(source + " is gone");
        }
        progress.update(++done, photos.size());
      }
      if (!problems.isEmpty()) {
        throw new DatasetException(dataset.directory(), problem(problems));
      }
    }

    private String problem(List<String> problems) {
      return String.format(
          Locale.ROOT,
          "%d photos are not what they were when the data set was prepared: %s%s. Put them back, or prepare the data set again; nothing was packed",
          problems.size(),
          String.join("; ", problems.subList(0, Math.min(LISTED, problems.size()))),
          problems.size() > LISTED ? "; ..." : "");
    }
  }
}
