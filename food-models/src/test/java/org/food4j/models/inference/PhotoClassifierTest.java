package org.food4j.models.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.UnreadableModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhotoClassifierTest {
  /** An "encoded photo" of the tests is three bytes: the colour of all its pixels. */
  private static final PhotoDecoder ONE_COLOUR =
      encoded -> {
        if (encoded.length != 3) {
          throw new PhotoException("not a photo");
        }
        return colour(encoded[0], encoded[1], encoded[2]);
      };

  @TempDir Path folder;

  private static Photo colour(int red, int green, int blue) {
    byte[] rgb = new byte[6 * 5 * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) red;
      rgb[i + 1] = (byte) green;
      rgb[i + 2] = (byte) blue;
    }
    return new Photo(6, 5, rgb);
  }

  private PhotoClassifier open(ModelCard card) throws IOException {
    Path path = folder.resolve("model.onnx");
    OnnxModelFile.write(path, SmallModel.withOutput("logits"), card);
    return PhotoClassifier.open(path, ONE_COLOUR, RuntimeSettings.shared(1));
  }

  @Test
  void classify_photo_givesTheMostProbableFirst() throws IOException {
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      List<Prediction> predictions = classifier.classify(colour(0, 255, 51), 2);

      assertThat(predictions)
          .extracting(p -> p.label().displayName())
          .containsExactly("Green Salad", "Blueberries");
      double sum = 1 + Math.exp(1) + Math.exp(0.2);
      assertThat(predictions.get(0).probability())
          .isCloseTo((float) (Math.exp(1) / sum), within(1e-6f));
      assertThat(predictions.get(1).probability())
          .isCloseTo((float) (Math.exp(0.2) / sum), within(1e-6f));
    }
  }

  @Test
  void classify_equalScores_keepTheLabelsOrder() throws IOException {
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      assertThat(classifier.classify(colour(9, 9, 9), 10))
          .extracting(p -> p.label().index())
          .containsExactly(0, 1, 2);
    }
  }

  @Test
  void classify_temperature_softensTheAnswer() throws IOException {
    Photo photo = colour(255, 0, 0);
    float plain;
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      plain = classifier.classify(photo, 1).get(0).probability();
    }
    try (PhotoClassifier classifier = open(SmallModel.CARD.withTemperature(4))) {
      assertThat(classifier.classify(photo, 1).get(0).probability())
          .isLessThan(plain)
          .isCloseTo((float) (Math.exp(0.25) / (Math.exp(0.25) + 2)), within(1e-6f));
    }
  }

  @Test
  void answer_belowTheThreshold_isNoneOfTheseWithItsGuesses() throws IOException {
    ScaledPhoto sure = ScaledPhoto.full(colour(255, 0, 0));
    ScaledPhoto unsure = ScaledPhoto.full(colour(255, 204, 204));
    // e / (e + 2) = 0.576 and e / (e + 2 * e^0.8) = 0.379
    try (PhotoClassifier classifier = open(SmallModel.CARD.withThreshold(0.5))) {
      assertThat(classifier.answer(sure, 1).noneOfThese()).isFalse();
      Answer answer = classifier.answer(unsure, 2);
      assertThat(answer.noneOfThese()).isTrue();
      assertThat(answer.predictions()).hasSize(2).isEqualTo(classifier.classify(unsure, 2));
      assertThat(answer.best().label().name()).isEqualTo("red_curry");
    }
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      assertThat(classifier.answer(unsure, 1).noneOfThese()).isFalse();
    }
    // the threshold is one of calibrated probabilities: e^0.25 / (e^0.25 + 2) = 0.391
    try (PhotoClassifier classifier = open(SmallModel.CARD.withThreshold(0.5).withTemperature(4))) {
      assertThat(classifier.answer(sure, 1).noneOfThese()).isTrue();
    }
  }

  @Test
  void classify_bytesFilesAndBatches_giveTheSame() throws IOException {
    byte[] encoded = {10, 20, 30};
    Path file = Files.write(folder.resolve("photo"), encoded);
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      List<Prediction> expected = classifier.classify(colour(10, 20, 30), 3);

      assertThat(classifier.classify(encoded, 3)).isEqualTo(expected);
      assertThat(classifier.classify(file, 3)).isEqualTo(expected);
      assertThat(
              classifier.classify(
                  List.of(ScaledPhoto.full(colour(99, 0, 0)), ScaledPhoto.full(colour(10, 20, 30))),
                  3))
          .hasSize(2)
          .last()
          .isEqualTo(expected);
      assertThat(classifier.classify(List.of(), 3)).isEmpty();
    }
  }

  @Test
  void classify_noPhoto_throwsTheDecodersReason() throws IOException {
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      assertThatThrownBy(() -> classifier.classify(new byte[7], 1))
          .isInstanceOf(PhotoException.class)
          .hasMessage("not a photo");
    }
  }

  @Test
  void classify_topZero_isRefused() throws IOException {
    try (PhotoClassifier classifier = open(SmallModel.CARD)) {
      assertThatThrownBy(() -> classifier.classify(colour(1, 2, 3), 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void open_cardOfAnotherNetwork_isRefused() {
    ModelCard other = ModelCard.of(Labels.of(List.of("pizza")), Preprocessing.imagenet(4));

    assertThatThrownBy(() -> open(other))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("the network has 3 classes, but there are 1 labels");
  }

  @Test
  void open_fileWithoutCard_isRefused() throws IOException {
    Path path =
        Files.write(folder.resolve("bare.onnx"), SmallModel.withOutput("logits").toByteArray());

    assertThatThrownBy(() -> PhotoClassifier.open(path, ONE_COLOUR))
        .isInstanceOf(UnreadableModelException.class)
        .hasMessageContaining("without a model card");
  }
}
