package org.food4j.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.food4j.data.file.AtomicFile;

/**
 * A model file's content: the network and its card. The format is specified in the package's
 * description. Immutable.
 *
 * @param path where it was read from
 * @param model the whole ONNX message, metadata included
 * @param card what the metadata says
 */
public record OnnxModelFile(Path path, ModelProto model, ModelCard card) {
  /**
   * Reads a model file.
   *
   * @throws UnreadableModelException if it is missing, truncated, not ONNX, or carries no valid
   *     card
   * @throws IOException if reading fails for another reason
   */
  public static OnnxModelFile read(Path path) throws IOException {
    ModelProto model = readModel(path);
    return new OnnxModelFile(path, model, readCard(path, metadata(model)));
  }

  /**
   * Makes a card of a file's metadata.
   *
   * @param path the file, for the message
   * @throws UnreadableModelException if the metadata is not a valid card
   */
  public static ModelCard readCard(Path path, Map<String, String> metadata)
      throws UnreadableModelException {
    try {
      return ModelCard.fromMetadata(metadata);
    } catch (IllegalArgumentException e) {
      throw new UnreadableModelException(
          path, "an ONNX file without a valid model card: " + e.getMessage(), e);
    }
  }

  /**
   * Writes a model with its card, beside the target and then moved into place, so that a reader
   * sees the whole file or none. Missing folders are created. The same arguments give the same
   * bytes.
   *
   * @param model its {@code food4j.} metadata is replaced by the card but for its {@link
   *     ModelHistory}; other metadata is kept
   */
  public static void write(Path path, ModelProto model, ModelCard card) throws IOException {
    write(path, withCard(model, card));
  }

  /** Writes a model as it is, with its card or without one, as the other {@code write} does. */
  public static void write(Path path, ModelProto model) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    AtomicFile.write(
        path,
        temporary -> {
          try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
            model.writeTo(out);
          }
        });
  }

  /** The model with the card as its metadata: what {@link #write} puts into the file. */
  public static ModelProto withCard(ModelProto model, ModelCard card) {
    ModelProto.Builder builder = model.toBuilder().clearMetadataProps();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      if (!entry.getKey().startsWith(ModelCard.PREFIX)
          || ModelHistory.KEYS.contains(entry.getKey())) {
        builder.addMetadataProps(entry);
      }
    }
    card.toMetadata()
        .forEach((key, value) -> builder.addMetadataPropsBuilder().setKey(key).setValue(value));
    return builder.build();
  }

  /**
   * Makes sure that there is something to read.
   *
   * @throws UnreadableModelException if there is no file at this path, or an empty one
   */
  public static void requireFile(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new UnreadableModelException(
          path, Files.exists(path) ? "not a file" : "there is no such file");
    }
    if (Files.size(path) == 0) {
      throw new UnreadableModelException(path, "not an ONNX file: it is empty");
    }
  }

  private static ModelProto readModel(Path path) throws IOException {
    requireFile(path);
    ModelProto model;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path))) {
      model = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableModelException(
          path, "not a complete ONNX file (" + e.getMessage() + ")", e);
    }
    if (!model.hasGraph() || model.getOpsetImportCount() == 0) {
      throw new UnreadableModelException(path, "not an ONNX file: it holds no graph");
    }
    return model;
  }

  private static Map<String, String> metadata(ModelProto model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    model.getMetadataPropsList().forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    return metadata;
  }
}
