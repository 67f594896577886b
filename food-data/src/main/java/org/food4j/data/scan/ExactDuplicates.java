package org.food4j.data.scan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Byte-identical photos: one of each class stays, contradictory ones go. */
final class ExactDuplicates {
  private ExactDuplicates() {}

  static PhotoScan removeFrom(PhotoScan scan) {
    Map<String, List<ScannedPhoto>> bySha256 = new LinkedHashMap<>();
    for (ScannedPhoto photo : scan.photos()) {
      bySha256.computeIfAbsent(photo.sha256(), key -> new ArrayList<>()).add(photo);
    }
    List<ScannedPhoto> kept = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>(scan.rejected());
    for (List<ScannedPhoto> alike : bySha256.values()) {
      List<String> classes =
          alike.stream().map(ScannedPhoto::className).distinct().sorted().toList();
      if (classes.size() > 1) {
        String reason = "contradictory labels: the same photo in " + String.join(", ", classes);
        alike.forEach(photo -> rejected.add(new Rejection(photo.path(), reason)));
        continue;
      }
      ScannedPhoto first = alike.get(0);
      kept.add(first);
      for (ScannedPhoto copy : alike.subList(1, alike.size())) {
        rejected.add(new Rejection(copy.path(), "duplicate of " + first.path()));
      }
    }
    return new PhotoScan(scan.root(), scan.classes(), kept, rejected);
  }
}
