package org.food4j.models.onnx.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A model held in memory, open in ONNX Runtime on the CPU: to compute with it, to ask whether the
 * runtime takes it, or to see what it makes of it. Not thread-safe.
 */
public final class CpuSession implements AutoCloseable {
  private final SessionOptions options;
  private final OrtSession session;

  private CpuSession(SessionOptions options, OrtSession session) {
    this.options = options;
    this.session = session;
  }

  /** What differs between sessions. */
  @FunctionalInterface
  private interface Setting {
    void on(SessionOptions options) throws OrtException;
  }

  /**
   * Opens a session of as many threads as there are cores, which do not spin between calls: two
   * sessions that spin would wait for each other. Nothing but what ends the process is logged:
   * errors are thrown.
   *
   * @throws IllegalArgumentException if the model is known to end the process
   * @throws OrtException if the runtime refuses it
   */
  public static CpuSession open(ModelProto model) throws OrtException {
    return open(model, options -> options.addConfigEntry("session.intra_op.allow_spinning", "0"));
  }

  /** Opens a session of one thread; otherwise as {@link #open(ModelProto)}. */
  public static CpuSession openOnOneThread(ModelProto model) throws OrtException {
    return open(model, options -> options.setIntraOpNumThreads(1));
  }

  private static CpuSession open(ModelProto model, Setting setting) throws OrtException {
    RuntimeHazards.refuse(model);
    SessionOptions options = new SessionOptions();
    OrtSession session = null;
    try {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      setting.on(options);
      session = OrtEnvironment.getEnvironment().createSession(model.toByteArray(), options);
      return new CpuSession(options, session);
    } finally {
      if (session == null) {
        options.close();
      }
    }
  }

  /** What computes; closed with this object. */
  public OrtSession session() {
    return session;
  }

  /** The runtime asks for the options to outlive the session. */
  @Override
  public void close() throws OrtException {
    try (options) {
      session.close();
    }
  }

  /**
   * Opens a session of a model, and closes it: to be asked before a file that was rewritten
   * replaces another.
   *
   * @param what the model is, for the message: {@code "the optimised model"}
   * @throws IllegalArgumentException if the runtime refuses it
   */
  public static void requireLoadable(ModelProto model, String what) {
    try {
      openOnOneThread(model).close();
    } catch (OrtException e) {
      throw refused(what, e);
    }
  }

  /**
   * What the runtime makes of a model for this processor. Above {@link OptLevel#BASIC_OPT} only
   * ONNX Runtime reads it.
   *
   * @return with metadata as the runtime wrote it, which may be in another order or missing
   * @throws IllegalArgumentException if the runtime refuses the model
   * @throws IOException if there is no room for the result among the temporary files
   */
  public static ModelProto optimized(ModelProto model, OptLevel level) throws IOException {
    Path folder = Files.createTempDirectory("food4j-optimized");
    Path file = folder.resolve("model.onnx");
    try {
      open(
              model,
              options -> {
                options.setIntraOpNumThreads(1);
                options.setOptimizationLevel(level);
                options.setOptimizedModelFilePath(file.toString());
              })
          .close();
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return ModelProto.parseFrom(in);
      }
    } catch (OrtException e) {
      throw refused("the model", e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static IllegalArgumentException refused(String what, OrtException cause) {
    return new IllegalArgumentException(
        "ONNX Runtime cannot load %s (%s)".formatted(what, cause.getMessage()), cause);
  }
}
