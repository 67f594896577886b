package org.food4j.models.onnx.export;

import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;

/**
 * What an export needs to know beyond the graph.
 *
 * @param inputTypes shape of each network input without the batch, in the graph's order: feed
 *     forward, flat images, sequences, images or volumes, in the layout that the graph is fed. A
 *     DL4J graph does not keep it, and "same" padding depends on it.
 */
public record ExportOptions(List<InputType> inputTypes) {
  /** Copies the types. */
  public ExportOptions {
    inputTypes = List.copyOf(inputTypes);
  }

  /** A network with one input of {@code [batch, 3, size, size]}. */
  public static ExportOptions photos(int size) {
    return of(InputType.convolutional(size, size, 3, CNN2DFormat.NCHW));
  }

  /** A network with these inputs. */
  public static ExportOptions of(InputType... inputTypes) {
    return new ExportOptions(List.of(inputTypes));
  }
}
