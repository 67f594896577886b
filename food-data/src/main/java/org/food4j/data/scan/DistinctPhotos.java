package org.food4j.data.scan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.food4j.data.duplicate.NearDuplicates;

/**
 * The photos that may be used, none of them twice.
 *
 * <ul>
 *   <li>Of byte-identical photos of one class the first by path stays.
 *   <li>The same picture in two classes, byte-identical or a near duplicate, has contradictory
 *       labels: all its photos go, those included that only one class holds twice.
 *   <li>Near duplicates within a class stay. They, and photos across classes that are alike but not
 *       surely the same, are listed and grouped for the split.
 * </ul>
 *
 * @param scan with what was left out among the rejected
 * @param groups of the photos that stayed
 * @param lookAlikes the near duplicates found, left out or not, sorted by path
 */
public record DistinctPhotos(PhotoScan scan, PhotoGroups groups, List<LookAlike> lookAlikes) {
  /** Copies the list and sorts it. */
  public DistinctPhotos {
    lookAlikes = lookAlikes.stream().sorted(LookAlike.BY_PATH).toList();
  }

  /** Without looking for near duplicates. */
  static DistinctPhotos byContent(PhotoScan scan) {
    return of(scan, files -> NearDuplicates.none(files.size()));
  }

  /**
   * Compares the photos of a scan with each other.
   *
   * @param mirrored whether a mirrored copy counts as the same picture
   */
  public static DistinctPhotos of(PhotoScan scan, boolean mirrored) {
    return of(
        scan,
        files ->
            NearDuplicates.among(files.stream().map(f -> f.get(0).signature()).toList(), mirrored));
  }

  private static DistinctPhotos of(
      PhotoScan scan, Function<List<List<ScannedPhoto>>, NearDuplicates> search) {
    // By content, so that a renamed photo changes nothing.
    Map<String, List<ScannedPhoto>> bySha256 = new TreeMap<>();
    for (ScannedPhoto photo : scan.photos()) {
      bySha256.computeIfAbsent(photo.sha256(), key -> new ArrayList<>(1)).add(photo);
    }
    List<List<ScannedPhoto>> files = List.copyOf(bySha256.values());
    NearDuplicates near = search.apply(files);
    List<ScannedPhoto> kept = new ArrayList<>();
    List<Rejection> rejected = new ArrayList<>(scan.rejected());
    for (List<Integer> picture : grouped(files.size(), near::sameGroup)) {
      keep(picture.stream().map(files::get).toList(), kept, rejected);
    }
    kept.sort(Comparator.comparing(ScannedPhoto::path));
    return new DistinctPhotos(
        new PhotoScan(scan.root(), scan.classes(), kept, rejected),
        groups(files, near),
        near.pairs().stream()
            .map(
                pair ->
                    new LookAlike(
                        files.get(pair.first()).get(0).path(),
                        files.get(pair.second()).get(0).path(),
                        pair.similarity(),
                        pair.mirrored()))
            .toList());
  }

  private static PhotoGroups groups(List<List<ScannedPhoto>> files, NearDuplicates near) {
    IntFunction<String> sha256 = i -> files.get(i).get(0).sha256();
    return PhotoGroups.of(
        grouped(files.size(), near::group).stream()
            .filter(group -> group.size() > 1)
            .map(group -> group.stream().map(sha256::apply).toList())
            .toList(),
        IntStream.range(0, files.size()).filter(near::linked).mapToObj(sha256).toList());
  }

  private static Collection<List<Integer>> grouped(int count, IntUnaryOperator groupOf) {
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      groups.computeIfAbsent(groupOf.applyAsInt(i), key -> new ArrayList<>(1)).add(i);
    }
    return groups.values();
  }

  /** Decides on the files of one picture, byte-identical ones side by side. */
  private static void keep(
      List<List<ScannedPhoto>> picture, List<ScannedPhoto> kept, List<Rejection> rejected) {
    Map<String, ScannedPhoto> firstOfClass = new TreeMap<>();
    for (List<ScannedPhoto> identical : picture) {
      for (ScannedPhoto photo : identical) {
        firstOfClass.merge(
            photo.className(),
            photo,
            BinaryOperator.minBy(Comparator.comparing(ScannedPhoto::path)));
      }
    }
    for (List<ScannedPhoto> identical : picture) {
      ScannedPhoto first = identical.get(0);
      for (ScannedPhoto photo : identical) {
        if (firstOfClass.size() > 1) {
          ScannedPhoto other = ofAnotherClass(photo, firstOfClass.values());
          rejected.add(Rejection.contradictory(photo.path(), other.path(), other.className()));
        } else if (photo == first) {
          kept.add(photo);
        } else {
          rejected.add(Rejection.duplicate(photo.path(), first.path()));
        }
      }
    }
  }

  private static ScannedPhoto ofAnotherClass(ScannedPhoto photo, Collection<ScannedPhoto> firsts) {
    return firsts.stream()
        .filter(other -> !other.className().equals(photo.className()))
        .findFirst()
        .orElseThrow();
  }
}
