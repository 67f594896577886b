package org.food4j.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.food4j.data.duplicate.NearDuplicates.Pair;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Copies of real photos among all of them. */
@Tag("slow")
class RealDuplicatesTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  /** What looking at the pairs side by side showed to be the same picture; none else is. */
  private static final Set<String> TRUE_PAIRS =
      Set.of(
          "butter_naan/deeprodge_077e1b9626.jpg butter_naan/deeprodge_ae09628414.jpg mirrored",
          "chole_bhature/deeprodge_3205c58880.jpg chole_bhature/deeprodge_7eb781b95e.jpg",
          "momos/GaneshGMgr_bbb4ddb94d.jpg momos/deeprodge_31f1eebd02.jpg",
          "paani_puri/Swayam1231_59ceea1fd5.jpg paani_puri/Swayam1231_cfd216abf1.jpg",
          "pav_bhaji/Swayam1231_22e11c8760.jpg pav_bhaji/deeprodge_254bfbec41.jpg");

  @Test
  void among_realPhotosAndCopies_findsTheCopiesAndPairsNoOthers() throws IOException {
    Path root = Path.of(System.getProperty("food4j.shared", "../shared"), "data/photos");
    Assumptions.assumeTrue(Files.isDirectory(root), () -> "There are no real photos at " + root);
    List<Path> files;
    try (Stream<Path> walk = Files.walk(root)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<PhotoSignature> originals = new ArrayList<>();
    List<Photo> copied = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    for (Path file : files) {
      Photo photo = DECODER.decode(file);
      if (originals.size() % 10 == 3 && sources.size() < 200) {
        sources.add(originals.size());
        copied.add(photo);
      }
      originals.add(PhotoSignature.of(photo));
    }
    for (boolean mirrored : new boolean[] {false, true}) {
      Set<String> pairs = new TreeSet<>();
      for (Pair pair : NearDuplicates.among(originals, mirrored).pairs()) {
        pairs.add(
            "%s %s%s"
                .formatted(
                    root.relativize(files.get(pair.first())),
                    root.relativize(files.get(pair.second())),
                    pair.mirrored() ? " mirrored" : ""));
      }
      assertThat(pairs)
          .isEqualTo(
              TRUE_PAIRS.stream()
                  .filter(pair -> mirrored || !pair.endsWith("mirrored"))
                  .collect(Collectors.toSet()));
    }
    Resampler bicubic = new Resampler(Interpolation.BICUBIC);
    check("quality 40", originals, sources, copied, RealDuplicatesTest::compressed, false);
    check(
        "half",
        originals,
        sources,
        copied,
        photo -> bicubic.resize(photo, photo.width() / 2, photo.height() / 2),
        false);
    check("centred crop", originals, sources, copied, photo -> crop(photo, 0.5, 0.5), false);
    check("corner crop", originals, sources, copied, photo -> crop(photo, 1, 0), false);
    check("off-centre crop", originals, sources, copied, photo -> crop(photo, 0.2, 0.7), false);
    check("mirrored", originals, sources, copied, SamplePictures::mirror, true);
    check(
        "mirrored, cropped, compressed",
        originals,
        sources,
        copied,
        photo -> compressed(SamplePictures.mirror(crop(photo, 0, 0.6))),
        true);
  }

  private static void check(
      String kind,
      List<PhotoSignature> originals,
      List<Integer> sources,
      List<Photo> copied,
      UnaryOperator<Photo> change,
      boolean mirrored) {
    assertThat(sources).hasSize(200);
    List<PhotoSignature> all = new ArrayList<>(originals);
    copied.forEach(photo -> all.add(PhotoSignature.of(change.apply(photo))));

    NearDuplicates found = NearDuplicates.among(all, mirrored);

    long same = 0;
    for (int i = 0; i < sources.size(); i++) {
      same += found.sameGroup(originals.size() + i) == found.sameGroup(sources.get(i)) ? 1 : 0;
    }
    // A copy of a photo that has a true duplicate is that one's duplicate, too.
    NearDuplicates before = NearDuplicates.among(originals, mirrored);
    long wrong =
        found.pairs().stream()
            .filter(pair -> pair.second() >= originals.size())
            .filter(
                pair -> {
                  int source = sources.get(pair.second() - originals.size());
                  int first =
                      pair.first() < originals.size()
                          ? pair.first()
                          : sources.get(pair.first() - originals.size());
                  return before.group(source) != before.group(first);
                })
            .count();
    System.out.printf("%s: %d of %d found, %d wrong pairs%n", kind, same, sources.size(), wrong);
    assertThat(same).as(kind).isGreaterThanOrEqualTo(Math.round(0.95 * sources.size()));
    assertThat(wrong).as("different photos paired, " + kind).isZero();
  }

  private static Photo crop(Photo photo, double left, double top) {
    return SamplePictures.crop(photo, 0.05, left, top);
  }

  private static Photo compressed(Photo photo) {
    try {
      return DECODER.decode(JpegEncoder.encode(photo, 0.4f));
    } catch (PhotoException e) {
      throw new AssertionError(e);
    }
  }
}
