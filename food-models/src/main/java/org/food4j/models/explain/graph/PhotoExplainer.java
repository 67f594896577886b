package org.food4j.models.explain.graph;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.PhotoException;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.models.block.Stage;
import org.food4j.models.explain.AttentionFactors;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.explain.HeatMap;
import org.food4j.models.graph.GraphClassifier;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.Prediction;
import org.food4j.models.onnx.ModelCard;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Photos in, explanations out: a graph with its model's card, which says how photos are
 * preprocessed and what the classes are called. Safe for use from several threads: calls are
 * computed one after the other.
 */
public final class PhotoExplainer {
  private final ComputationGraph graph;
  private final ModelCard card;
  private final PhotoClassifier classifier;
  private final GradCam cam;

  /**
   * @param graph as {@link GradCam} takes it
   * @throws IllegalArgumentException if the graph cannot be explained, or the card is not of this
   *     graph
   */
  public PhotoExplainer(ComputationGraph graph, ModelCard card, PhotoDecoder decoder) {
    this(graph, card, decoder, List.of());
  }

  /**
   * The same for a network whose stages are known by name.
   *
   * @param stages as {@link GradCam#GradCam(ComputationGraph, int, List)} takes them
   */
  public PhotoExplainer(
      ComputationGraph graph, ModelCard card, PhotoDecoder decoder, List<Stage> stages) {
    int inputSize = card.preprocessing().inputSize();
    this.graph = graph;
    this.card = card;
    cam = new GradCam(graph, inputSize, stages);
    classifier = new PhotoClassifier(new GraphClassifier(graph, inputSize), card, decoder);
  }

  /** The maps' computation, for arrays. */
  public GradCam cam() {
    return cam;
  }

  /**
   * Explains a photo file.
   *
   * @param label index of the class to explain; if absent, the most probable one
   * @param stage as {@link GradCam#vertex} takes it; if absent, the last feature map
   * @throws PhotoException if the file is not a usable photo
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if there is no such class or stage
   */
  public Explanation explain(
      Path photo, OptionalInt label, Optional<String> stage, ChannelWeighting weighting)
      throws IOException {
    return explain(decode(photo), label, stage, weighting);
  }

  /**
   * Explains a decoded photo, as {@link #explain(Path, OptionalInt, Optional, ChannelWeighting)}.
   */
  public synchronized Explanation explain(
      ScaledPhoto photo, OptionalInt label, Optional<String> stage, ChannelWeighting weighting) {
    List<Prediction> answers = classifier.classify(photo, card.labels().size());
    int explained = label.orElse(answers.get(0).label().index());
    String vertex = cam.vertex(stage);
    HeatMap cells = cam.map(input(photo), vertex, explained, weighting);
    int size = card.preprocessing().inputSize();
    return new Explanation(
        crop(photo),
        answers,
        card.labels().get(explained),
        vertex,
        weighting,
        cells,
        cells.laidOver(cam.centres(vertex), size, size));
  }

  /** The factors of the network's attention for a photo, as {@link AttentionMaps} gives them. */
  public synchronized List<AttentionFactors> attention(ScaledPhoto photo) {
    return AttentionMaps.of(graph, input(photo));
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

  /** What the network sees of a photo, on which all heat lies. */
  public Photo crop(ScaledPhoto photo) {
    return card.preprocessing().crop(photo);
  }

  private INDArray input(ScaledPhoto photo) {
    int size = card.preprocessing().inputSize();
    return Nd4j.create(card.preprocessing().apply(photo), new long[] {1, 3, size, size}, 'c');
  }
}
