package org.food4j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.CropPosition;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.Classifier;
import org.food4j.models.inference.Softmax;
import org.food4j.train.run.StripedPhotos;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestTimeAugmentationTest {
  private static final PhotoDecoder DECODER = new NativePhotoDecoder();
  private static final Preprocessing PREPROCESSING = Preprocessing.imagenet(32);
  private static final double TEMPERATURE = 1.5;

  private Dataset dataset;
  private final List<Integer> progress = new ArrayList<>();

  /** Looks at the first column, the first row, and the pixel in the lower right corner. */
  private static final class Edges implements Classifier {
    @Override
    public int classes() {
      return 3;
    }

    @Override
    public int inputSize() {
      return 32;
    }

    @Override
    public float[] logits(float[] input, int batch) {
      float[] logits = new float[3 * batch];
      int length = 3 * 32 * 32;
      for (int photo = 0; photo < batch; photo++) {
        for (int i = 0; i < 32; i++) {
          logits[3 * photo] += input[photo * length + 32 * i] / 16;
          logits[3 * photo + 1] += input[photo * length + i] / 16;
        }
        logits[3 * photo + 2] = input[photo * length + 32 * 32 - 1];
      }
      return logits;
    }

    @Override
    public String runtime() {
      return "test";
    }

    @Override
    public void close() {}
  }

  @BeforeAll
  void draw(@TempDir Path folder) throws Exception {
    dataset = StripedPhotos.prepare(folder);
  }

  private Scores score(int views) {
    return new Scorer(DECODER)
        .score(
            new Edges(),
            dataset.labels(),
            PREPROCESSING,
            dataset,
            dataset.entries(Split.TRAIN),
            new AnswerSettings(
                TEMPERATURE, java.util.OptionalDouble.empty(), TestTimeAugmentation.of(views)),
            (done, all) -> progress.add(done));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 10})
  void score_inSeveralViews_averagesTheirProbabilities(int views) throws Exception {
    Scores scores = score(views);

    Softmax softmax = new Softmax(TEMPERATURE);
    List<ManifestEntry> entries = dataset.entries(Split.TRAIN);
    assertThat(entries).hasSizeGreaterThan(Scorer.BATCH); // more than one batch
    for (int photo = 0; photo < entries.size(); photo++) {
      byte[] encoded = Files.readAllBytes(dataset.photo(entries.get(photo)));
      ScaledPhoto decoded = DECODER.decode(encoded, PREPROCESSING.decodedShorterSide());
      double[] sums = new double[3];
      int seen = 0;
      for (CropPosition position : CropPosition.values()) {
        for (boolean mirror : new boolean[] {false, true}) {
          boolean corner = position != CropPosition.CENTRE;
          if ((corner && views == 2) || (mirror && views == 5)) {
            continue;
          }
          Photo crop = PREPROCESSING.crop(decoded, position);
          float[] input = new float[PREPROCESSING.inputLength()];
          PREPROCESSING.normalise(mirror ? mirrored(crop) : crop, input, 0);
          float[] each = softmax.probabilities(new Edges().logits(input, 1), 0, 3);
          for (int label = 0; label < 3; label++) {
            sums[label] += each[label];
          }
          seen++;
        }
      }
      assertThat(seen).isEqualTo(views);
      float[] average = softmax.probabilities(scores.logits(), photo, 3);
      for (int label = 0; label < 3; label++) {
        assertThat((double) average[label]).isCloseTo(sums[label] / views, within(1e-6));
      }
    }
    assertThat(progress).isSorted().endsWith(entries.size());
    progress.clear();
  }

  private static Photo mirrored(Photo photo) {
    byte[] rgb = new byte[photo.rgb().length];
    for (int y = 0; y < photo.height(); y++) {
      for (int x = 0; x < photo.width(); x++) {
        int to = 3 * (y * photo.width() + x);
        int from = 3 * (y * photo.width() + photo.width() - 1 - x);
        System.arraycopy(photo.rgb(), from, rgb, to, 3);
      }
    }
    return new Photo(photo.width(), photo.height(), rgb);
  }

  @Test
  void score_inOneView_givesTheClassifiersLogits() {
    Scores plain =
        new Scorer(DECODER)
            .score(
                new Edges(),
                dataset.labels(),
                PREPROCESSING,
                dataset,
                dataset.entries(Split.TRAIN),
                Progress.NONE);

    assertThat(score(1).logits()).containsExactly(plain.logits());
    assertThat(score(5).logits()).isNotEqualTo(plain.logits());
    progress.clear();
  }

  @Test
  void of_aNumberOfViews_startsWithTheMiddle() {
    for (int views : new int[] {1, 2, 5, 10}) {
      TestTimeAugmentation augmentation = TestTimeAugmentation.of(views);
      assertThat(augmentation.count()).isEqualTo(views);
      assertThat(augmentation.views().get(0))
          .isEqualTo(new TestTimeAugmentation.View(CropPosition.CENTRE, false));
    }
    assertThatThrownBy(() -> TestTimeAugmentation.of(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1, 2, 5 or 10 views, not 3");
  }
}
