package org.food4j.models.onnx.export;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.endpoint.ClassifierHead;
import org.food4j.models.onnx.endpoint.PixelInput;

/**
 * What an export needs to know beyond the graph, and what the file is to have beyond the graph's
 * inputs and outputs.
 *
 * @param inputTypes shape of each network input without the batch, in the graph's order: feed
 *     forward, flat images, sequences, images or volumes, in the layout that the graph is fed. A
 *     DL4J graph does not keep it, and "same" padding depends on it.
 * @param endpoints vertices whose activations become further outputs of their names, in this order;
 *     maps are {@code [batch, channels, height, width]}
 * @param features whether what the last layer reads becomes the output {@code features}
 * @param classActivation whether the class activation map becomes the output {@code cam}
 * @param pixels if present, the file takes uint8 {@code [batch, height, width, 3]} and normalises
 *     it itself, with this mean and standard deviation
 */
public record ExportOptions(
    List<InputType> inputTypes,
    List<String> endpoints,
    boolean features,
    boolean classActivation,
    Optional<Preprocessing> pixels) {
  /** Copies the lists. */
  public ExportOptions {
    inputTypes = List.copyOf(inputTypes);
    endpoints = endpoints.stream().distinct().toList();
  }

  /** A network with one input of {@code [batch, 3, size, size]}. */
  public static ExportOptions photos(int size) {
    return of(InputType.convolutional(size, size, 3, CNN2DFormat.NCHW));
  }

  /** A network with these inputs, and no outputs but its own. */
  public static ExportOptions of(InputType... inputTypes) {
    return new ExportOptions(List.of(inputTypes), List.of(), false, false, Optional.empty());
  }

  /** The same with these vertices' activations as further outputs. */
  public ExportOptions withEndpoints(List<String> vertices) {
    return new ExportOptions(inputTypes, vertices, features, classActivation, pixels);
  }

  /** The same with the output {@code features}: see {@link ClassifierHead#addFeatures}. */
  public ExportOptions withFeatures() {
    return new ExportOptions(inputTypes, endpoints, true, classActivation, pixels);
  }

  /** The same with the output {@code cam}: see {@link ClassifierHead#addClassActivation}. */
  public ExportOptions withClassActivation() {
    return new ExportOptions(inputTypes, endpoints, features, true, pixels);
  }

  /** The same with the normalisation of photos inside the file: see {@link PixelInput}. */
  public ExportOptions withPixelInput(Preprocessing preprocessing) {
    return new ExportOptions(
        inputTypes, endpoints, features, classActivation, Optional.of(preprocessing));
  }

  /**
   * Gives a finished model the outputs of its head and the input of pixels.
   *
   * @param mapShape height and width of a tensor's maps, -1 where they are not known
   */
  ModelProto applyTo(ModelProto model, Function<String, long[]> mapShape) {
    ModelProto complete = model;
    if (features || classActivation) {
      ClassifierHead head = ClassifierHead.of(model, model.getGraph().getOutput(0).getName());
      if (features) {
        head.addFeatures();
      }
      if (classActivation) {
        long[] shape = head.maps().map(mapShape).orElse(new long[] {-1, -1});
        head.addClassActivation(shape[0], shape[1]);
      }
      complete = head.toModel();
    }
    return pixels.isPresent() ? PixelInput.of(complete, pixels.get()) : complete;
  }
}
