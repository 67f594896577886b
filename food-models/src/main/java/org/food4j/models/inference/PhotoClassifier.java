package org.food4j.models.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.UnreadableModelException;

/**
 * Photos in, labelled probabilities out: a {@link Classifier} with its model's card, which says how
 * photos are preprocessed and what the scores are called. Safe for use from several threads.
 */
public final class PhotoClassifier implements AutoCloseable {
  private final Classifier classifier;
  private final ModelCard card;
  private final PhotoDecoder decoder;
  private final Softmax softmax;

  /**
   * @param classifier closed with this object
   * @throws IllegalArgumentException if the card is not of this classifier: another number of
   *     classes or another input size
   */
  public PhotoClassifier(Classifier classifier, ModelCard card, PhotoDecoder decoder) {
    if (card.labels().size() != classifier.classes()
        || card.preprocessing().inputSize() != classifier.inputSize()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The card describes %d classes at %d pixels, but the network has %d at %d",
              card.labels().size(),
              card.preprocessing().inputSize(),
              classifier.classes(),
              classifier.inputSize()));
    }
    this.classifier = classifier;
    this.card = card;
    this.decoder = decoder;
    this.softmax = new Softmax(card.temperature());
  }

  /**
   * Opens a model file, which needs nothing beside it, with {@link RuntimeSettings#alone()}.
   *
   * @throws UnreadableModelException if it is missing, damaged, not a classifier, or has no valid
   *     card
   */
  public static PhotoClassifier open(Path model, PhotoDecoder decoder) throws IOException {
    return open(model, decoder, RuntimeSettings.alone());
  }

  /**
   * Opens a model file, which needs nothing beside it.
   *
   * @throws UnreadableModelException if it is missing, damaged, not a classifier, or has no valid
   *     card
   */
  public static PhotoClassifier open(Path model, PhotoDecoder decoder, RuntimeSettings settings)
      throws IOException {
    return open(model, decoder, settings, ForeignModel.UNSAID);
  }

  /**
   * Opens a model file that was made elsewhere and does not say all that it takes.
   *
   * @param said its labels and preprocessing, if it has no card, and whatever else is to be said
   * @throws UnreadableModelException if it is missing, damaged, not a classifier, or what it says
   *     and what is said do not suffice or do not fit
   */
  public static PhotoClassifier open(
      Path model, PhotoDecoder decoder, RuntimeSettings settings, ForeignModel said)
      throws IOException {
    OnnxClassifier classifier = OnnxClassifier.open(model, settings, said);
    boolean opened = false;
    try {
      PhotoClassifier photos =
          new PhotoClassifier(classifier, said.card(model, classifier), decoder);
      opened = true;
      return photos;
    } finally {
      if (!opened) {
        classifier.close();
      }
    }
  }

  /** What the model says about itself. */
  public ModelCard card() {
    return card;
  }

  /** What computes the logits. */
  public Classifier classifier() {
    return classifier;
  }

  /**
   * Classifies a photo file and says whether the card's threshold lets the answer count.
   *
   * @param top number of predictions, at least 1
   * @throws PhotoException if the file is not a usable photo
   * @throws IOException if it cannot be read
   */
  public Answer answer(Path photo, int top) throws IOException {
    return answer(decode(Files.readAllBytes(photo)), top);
  }

  /** The same for a decoded photo. */
  public Answer answer(ScaledPhoto photo, int top) {
    List<Prediction> predictions = classify(photo, top);
    return new Answer(predictions, !card.accepts(predictions.get(0).probability()));
  }

  /**
   * Classifies a photo file, whatever the card's threshold: {@link #answer(Path, int)} obeys it.
   *
   * @param top number of answers, at least 1
   * @return the most probable classes, best first, at most {@code top}; equal ones in the labels'
   *     order
   * @throws PhotoException if the file is not a usable photo
   * @throws IOException if it cannot be read
   */
  public List<Prediction> classify(Path photo, int top) throws IOException {
    return classify(Files.readAllBytes(photo), top);
  }

  /**
   * Classifies an encoded photo, as {@link #classify(Path, int)}.
   *
   * @param encoded a whole photo file's bytes; not modified
   * @throws PhotoException if they are not a usable photo
   */
  public List<Prediction> classify(byte[] encoded, int top) throws PhotoException {
    return classify(decode(encoded), top);
  }

  /**
   * Decodes a photo with as much detail as the network's input needs.
   *
   * @param encoded a whole photo file's bytes; not modified
   * @throws PhotoException if they are not a usable photo
   */
  public ScaledPhoto decode(byte[] encoded) throws PhotoException {
    return decoder.decode(encoded, card.preprocessing().decodedShorterSide());
  }

  /** Classifies a decoded photo, as {@link #classify(Path, int)}. */
  public List<Prediction> classify(ScaledPhoto photo, int top) {
    return classify(List.of(photo), top).get(0);
  }

  /**
   * Classifies a photo decoded at full size: for pixels that come from elsewhere. A file is better
   * given as it is, because its detail is then dropped in the same way as in training's evaluation;
   * for a large JPEG the inputs differ by less than a level of 255.
   */
  public List<Prediction> classify(Photo photo, int top) {
    return classify(ScaledPhoto.full(photo), top);
  }

  /**
   * Classifies photos in one batch; memory grows with their number.
   *
   * @param top number of answers per photo, at least 1
   * @return for each photo what {@link #classify(ScaledPhoto, int)} gives, in the photos' order
   */
  public List<List<Prediction>> classify(List<ScaledPhoto> photos, int top) {
    if (top < 1) {
      throw new IllegalArgumentException("At least one answer is given per photo, not " + top);
    }
    if (photos.isEmpty()) {
      return List.of();
    }
    float[] logits = logits(photos);
    List<List<Prediction>> answers = new ArrayList<>();
    for (int i = 0; i < photos.size(); i++) {
      answers.add(best(softmax.probabilities(logits, i, classifier.classes()), top));
    }
    return answers;
  }

  /**
   * What logits say that were computed elsewhere, by the same network: in a batch with other
   * photos.
   *
   * @param logits of one photo, one a class
   * @param top number of predictions, at least 1
   */
  public Answer answer(float[] logits, int top) {
    if (top < 1 || logits.length != classifier.classes()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A photo has %d logits and at least one answer, not %d and %d",
              classifier.classes(),
              logits.length,
              top));
    }
    List<Prediction> predictions =
        best(softmax.probabilities(logits, 0, classifier.classes()), top);
    return new Answer(predictions, !card.accepts(predictions.get(0).probability()));
  }

  private float[] logits(List<ScaledPhoto> photos) {
    int length = card.preprocessing().inputLength();
    int all = Math.multiplyExact(photos.size(), length);
    if (classifier.takesPixels()) {
      byte[] pixels = new byte[all];
      for (int i = 0; i < photos.size(); i++) {
        byte[] rgb = card.preprocessing().crop(photos.get(i)).rgb();
        System.arraycopy(rgb, 0, pixels, i * length, length);
      }
      return classifier.pixelLogits(pixels, photos.size());
    }
    float[] input = new float[all];
    for (int i = 0; i < photos.size(); i++) {
      card.preprocessing().apply(photos.get(i), input, i * length);
    }
    return classifier.logits(input, photos.size());
  }

  private List<Prediction> best(float[] probabilities, int top) {
    return IntStream.range(0, probabilities.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> -probabilities[i]))
        .limit(top)
        .map(i -> new Prediction(card.labels().get(i), probabilities[i]))
        .toList();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
