package org.food4j.data.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Resampler;
import org.junit.jupiter.api.Test;

class NearDuplicatesTest {
  @Test
  void among_copiesOfPhotos_findsEachButMirrorImages() throws PhotoException {
    List<PhotoSignature> signatures = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      for (Photo copy : copies(SamplePictures.photo(seed))) {
        signatures.add(PhotoSignature.of(copy));
      }
    }

    NearDuplicates plain = NearDuplicates.among(signatures, false);
    NearDuplicates mirrored = NearDuplicates.among(signatures, true);

    for (int i = 0; i < signatures.size(); i++) {
      boolean mirrorImage = i % 8 >= 6;
      assertThat(plain.sameGroup(i))
          .as("photo %d", i)
          .isEqualTo(mirrorImage ? i / 8 * 8 + 6 : i / 8 * 8);
      assertThat(mirrored.sameGroup(i)).as("photo %d", i).isEqualTo(i / 8 * 8);
      assertThat(plain.linked(i)).isFalse();
    }
    assertThat(plain.pairs()).hasSize(20 * 6).noneMatch(NearDuplicates.Pair::mirrored);
    assertThat(mirrored.pairs()).hasSize(20 * 7).anyMatch(NearDuplicates.Pair::mirrored);
  }

  private static List<Photo> copies(Photo photo) throws PhotoException {
    byte[] pale = photo.rgb().clone();
    for (int i = 0; i < pale.length; i++) {
      pale[i] = (byte) (60 + (pale[i] & 0xff) / 2);
    }
    return List.of(
        photo,
        new NativePhotoDecoder().decode(JpegEncoder.encode(photo, 0.4f)),
        new Resampler(Interpolation.BICUBIC).resize(photo, 120, 90),
        SamplePictures.crop(photo, 0.05, 0.5, 0.5),
        SamplePictures.crop(photo, 0.05, 1, 0.2),
        new Photo(photo.width(), photo.height(), pale),
        SamplePictures.mirror(photo),
        SamplePictures.mirror(SamplePictures.crop(photo, 0.05, 0, 0.4)));
  }

  @Test
  void among_differentPhotos_pairsNone() {
    List<PhotoSignature> signatures = Stream.generate(new WaveSource(1)).limit(2000).toList();

    assertThat(NearDuplicates.among(signatures, true).pairs()).isEmpty();
  }

  @Test
  void among_photosOfOneTone_pairsNone() {
    Random random = new Random(2);
    List<PhotoSignature> signatures = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] levels = new byte[256];
      for (int k = 0; k < levels.length; k++) {
        levels[k] = (byte) (200 + random.nextInt(3));
      }
      signatures.add(PhotoSignature.ofLevels(levels));
    }

    assertThat(NearDuplicates.among(signatures, false).pairs()).isEmpty();
    assertThat(NearDuplicates.among(List.of(), false).pairs()).isEmpty();
  }

  @Test
  void among_aChainOfSmallChanges_makesSmallGroupsThatAreLinked() {
    Random random = new Random(3);
    double[] from = SamplePictures.amplitudes(random);
    List<PhotoSignature> film = new ArrayList<>();
    for (int scene = 0; scene < 25; scene++) {
      double[] to = SamplePictures.amplitudes(random);
      for (int frame = 0; frame < 12; frame++) {
        double[] mixed = new double[from.length];
        for (int k = 0; k < mixed.length; k++) {
          double angle = Math.PI / 2 * frame / 12;
          mixed[k] = Math.cos(angle) * from[k] + Math.sin(angle) * to[k];
        }
        film.add(SamplePictures.waves(mixed));
      }
      from = to;
    }

    NearDuplicates found = NearDuplicates.among(film, false);

    Map<Integer, Integer> sizes = new HashMap<>();
    IntStream.range(0, film.size()).forEach(i -> sizes.merge(found.group(i), 1, Integer::sum));
    assertThat(sizes.values()).allMatch(size -> size <= 30);
    assertThat(found.pairs())
        .hasSizeGreaterThan(200)
        .allMatch(
            pair ->
                found.group(pair.first()) == found.group(pair.second())
                    || (found.linked(pair.first()) && found.linked(pair.second())));
  }

  @Test
  void among_anotherOrder_findsTheSameGroups() {
    List<PhotoSignature> signatures = new ArrayList<>();
    for (int seed = 0; seed < 40; seed++) {
      Photo photo = SamplePictures.photo(seed);
      signatures.add(PhotoSignature.of(photo));
      signatures.add(PhotoSignature.of(SamplePictures.crop(photo, 0.05, 0.1 * (seed % 10), 0.5)));
    }
    List<Integer> order = new ArrayList<>(IntStream.range(0, signatures.size()).boxed().toList());
    Collections.shuffle(order, new Random(4));

    NearDuplicates found = NearDuplicates.among(signatures, false);
    NearDuplicates shuffled =
        NearDuplicates.among(order.stream().map(signatures::get).toList(), false);

    assertThat(shuffled.pairs()).hasSameSizeAs(found.pairs()).hasSize(40);
    for (int i = 0; i < order.size(); i++) {
      int other = order.get(i) ^ 1;
      assertThat(shuffled.group(i)).isEqualTo(shuffled.group(order.indexOf(other)));
    }
  }

  @Test
  void among_thousandsOfOneHash_isBounded() {
    // Same signs, other sizes: every hash is the same, and no two pictures are.
    Random random = new Random(5);
    double[] signs = SamplePictures.amplitudes(random);
    List<PhotoSignature> signatures = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      double[] amplitudes = SamplePictures.amplitudes(random);
      for (int k = 0; k < amplitudes.length; k++) {
        amplitudes[k] = Math.copySign(amplitudes[k], signs[k]);
      }
      signatures.add(SamplePictures.waves(amplitudes));
    }

    NearDuplicates found = NearDuplicates.among(signatures, false);

    assertThat(found.pairs().size()).isLessThan(10);
  }

  private static final class WaveSource implements java.util.function.Supplier<PhotoSignature> {
    private final Random random;

    WaveSource(long seed) {
      random = new Random(seed);
    }

    @Override
    public PhotoSignature get() {
      return SamplePictures.waves(SamplePictures.amplitudes(random));
    }
  }
}
