package org.food4j.data.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Section;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.scan.LookAlike;
import org.food4j.data.scan.Rejection;

/**
 * What a prepared data set holds: its figures, and the page of its sections. The photos are
 * sampled, so that the time and the page's size depend on the number of classes, not of photos.
 *
 * @param figures of the data set
 * @param page of the sections, to which more can be added
 */
public record DatasetPage(DatasetFigures figures, HtmlPage page) {
  /** Photos of a class whose colours are measured. */
  private static final int MEASURED_PER_CLASS = 30;

  /**
   * The page of a data set.
   *
   * @param decoder for the photos shown and measured
   * @param photosPerClass on a contact sheet, evenly spaced over the class
   * @throws IllegalArgumentException if the data set holds no photo
   * @throws IOException if a file of the data set, or a photo of its manifest, cannot be read
   */
  public static DatasetPage of(Dataset dataset, PhotoDecoder decoder, int photosPerClass)
      throws IOException {
    return of(dataset, dataset.rejections(), dataset.lookAlikes(), decoder, photosPerClass);
  }

  static DatasetPage of(
      Dataset dataset,
      List<Rejection> rejected,
      List<LookAlike> lookAlikes,
      PhotoDecoder decoder,
      int photosPerClass)
      throws IOException {
    if (dataset.entries().isEmpty()) {
      throw new IllegalArgumentException("The data set holds no photo: " + dataset.directory());
    }
    List<ClassLook> looks = ClassLook.ofAll(dataset, decoder, MEASURED_PER_CLASS, photosPerClass);
    DatasetFigures figures = DatasetFigures.of(dataset, rejected, lookAlikes, looks);
    List<ManifestEntry> originals = dataset.entries().stream().filter(e -> !e.isCopy()).toList();
    List<Section> sections = new ArrayList<>();
    sections.add(SummarySection.of(figures));
    sections.add(ClassesSection.of(figures, dataset.labels()));
    sections.add(SizesSection.of(originals));
    sections.add(DuplicatesSection.of(dataset, rejected, lookAlikes, decoder));
    if (!rejected.isEmpty()) {
      sections.add(RejectedSection.of(rejected));
    }
    sections.add(ColoursSection.of(figures, looks));
    sections.add(ContactSheetsSection.of(looks));
    return new DatasetPage(
        figures,
        new HtmlPage(
            "Data set " + dataset.directory().toAbsolutePath().normalize().getFileName(),
            "Photos from %s, fingerprint %s"
                .formatted(dataset.photoRoot(), brief(dataset.fingerprint())),
            sections));
  }

  private static String brief(String fingerprint) {
    return fingerprint.substring(0, Math.min(12, fingerprint.length()));
  }
}
