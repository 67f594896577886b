package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a model file says but for its weights, which are skipped: quick to read and small, however
 * large the file. Immutable.
 *
 * <p>Text comes from the file's own bytes in UTF-8; ONNX Runtime's Java interface spoils characters
 * beyond Unicode's first plane, which labels may well contain.
 */
public final class ModelOutline {
  private static final Set<String> SAME_VALUES =
      Set.of("Identity", "Cast", "Flatten", "Reshape", "Squeeze");

  private final Map<String, String> metadata;
  private final ModelProto model;
  private final Map<String, NodeProto> producers = new HashMap<>();

  private ModelOutline(ModelProto model) {
    this.model = model;
    Map<String, String> read = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> read.put(entry.getKey(), entry.getValue()));
    metadata = Collections.unmodifiableMap(read);
    for (NodeProto node : model.getGraph().getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
    }
  }

  /**
   * Reads a model file, its weights left out.
   *
   * @throws UnreadableModelException if it is missing, truncated, or not ONNX
   * @throws IOException if reading fails for another reason
   */
  public static ModelOutline read(Path path) throws IOException {
    OnnxModelFile.requireFile(path);
    ModelProto model;
    try (InputStream in = Files.newInputStream(path)) {
      model = OutlineScan.read(in);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableModelException(
          path, "not a complete ONNX file (" + e.getMessage() + ")", e);
    }
    if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
      throw new UnreadableModelException(path, "not an ONNX file: it holds no graph");
    }
    return new ModelOutline(model);
  }

  /**
   * The file's {@code metadata_props}, in the file's order; of a key given twice the last value.
   */
  public Map<String, String> metadata() {
    return metadata;
  }

  /**
   * The model without the values of its weights: nodes with attributes but lists of reals or texts,
   * constants with their types and shapes, and with their values where these are few and whole
   * numbers. It does not say which values lie in files of their own.
   */
  public ModelProto model() {
    return model;
  }

  /** The graph of {@link #model()}. */
  public GraphProto graph() {
    return model.getGraph();
  }

  /**
   * The operator that computes a tensor of the graph, {@code "Softmax"}; operations that only copy
   * it or change its type or shape are looked through.
   *
   * @return absent if nothing computes it
   */
  public Optional<String> operatorOf(String tensor) {
    Set<String> seen = new HashSet<>();
    NodeProto node = producers.get(tensor);
    while (node != null
        && SAME_VALUES.contains(node.getOpType())
        && node.getInputCount() > 0
        && seen.add(node.getInput(0))) {
      node = producers.get(node.getInput(0));
    }
    return Optional.ofNullable(node).map(NodeProto::getOpType);
  }
}
