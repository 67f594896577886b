package org.food4j.models.explain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.OutputValues;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.Prediction;
import org.food4j.models.onnx.ModelCard;
import org.food4j.models.onnx.endpoint.ClassifierHead;

/**
 * Photos in, explanations out, from a model file that gives its class activation map ({@code food
 * export --cam}). Such files end with global average pooling and a linear layer, and for those the
 * map's positive part is what {@code explain.graph.GradCam} computes from the last feature maps
 * (Selvaraju et al. 2017, section 3): no gradients are needed. Safe for use from several threads.
 *
 * <p>The file does not say where in the photo its cells look at: they are spread evenly, which can
 * be half a cell off; see {@link CellCentres}.
 */
public final class FileExplainer {
  private final OnnxClassifier network;
  private final ModelCard card;
  private final PhotoClassifier classifier;

  /**
   * @param network closed by whoever opened it
   * @throws IllegalArgumentException if the file has no class activation map, or the card is not of
   *     this file
   */
  public FileExplainer(OnnxClassifier network, ModelCard card, PhotoDecoder decoder) {
    if (!network.outputs().contains(ClassifierHead.CLASS_ACTIVATION)) {
      throw new IllegalArgumentException(
          "The file has no output 'cam', only %s: export it with --cam, or explain the run directory that it was exported from"
              .formatted(network.outputs()));
    }
    this.network = network;
    this.card = card;
    classifier = new PhotoClassifier(network, card, decoder);
  }

  /**
   * Decodes a photo with as much detail as the network's input needs.
   *
   * @throws PhotoException if the file is not a usable photo
   * @throws IOException if it cannot be read
   */
  public ScaledPhoto decode(Path photo) throws IOException {
    return classifier.decode(Files.readAllBytes(photo));
  }

  /**
   * Explains a decoded photo.
   *
   * @param label index of the class to explain; if absent, the most probable one
   * @throws IllegalArgumentException if there is no such class
   */
  public Explanation explain(ScaledPhoto photo, OptionalInt label) {
    List<Prediction> answers = classifier.classify(photo, card.labels().size());
    int explained = label.orElse(answers.get(0).label().index());
    if (explained < 0 || explained >= card.labels().size()) {
      throw new IllegalArgumentException(
          "The network has classes from 0 to %d, not %d"
              .formatted(card.labels().size() - 1, explained));
    }
    OutputValues maps = network.classActivation(card.preprocessing().apply(photo), 1);
    int height = Math.toIntExact(maps.shape()[2]);
    int width = Math.toIntExact(maps.shape()[3]);
    double[] amounts = new double[height * width];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i] = Math.max(0, maps.values()[explained * amounts.length + i]);
    }
    HeatMap cells = HeatMap.relative(height, width, amounts);
    int size = card.preprocessing().inputSize();
    return new Explanation(
        card.preprocessing().crop(photo),
        answers,
        card.labels().get(explained),
        ClassifierHead.CLASS_ACTIVATION,
        ChannelWeighting.GRAD_CAM,
        cells,
        cells.resized(size, size));
  }
}
