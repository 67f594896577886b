package org.food4j.models.onnx.optimize;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;

/** Whether ONNX Runtime takes a model: asked before a file that was rewritten replaces another. */
public final class RuntimeCheck {
  private RuntimeCheck() {}

  /**
   * Opens a session of a model on the CPU, and closes it.
   *
   * @param what the model is, for the message: {@code "the optimised model"}
   * @throws IllegalArgumentException if the runtime refuses it
   */
  public static void requireLoadable(ModelProto model, String what) {
    try (SessionOptions options = new SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(1);
      OrtEnvironment.getEnvironment().createSession(model.toByteArray(), options).close();
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "ONNX Runtime cannot load %s (%s)".formatted(what, e.getMessage()), e);
    }
  }
}
