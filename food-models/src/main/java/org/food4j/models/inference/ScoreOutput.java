package org.food4j.models.inference;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.models.number.Float16;
import org.food4j.models.onnx.ModelOutline;
import org.food4j.models.onnx.UnreadableModelException;

/**
 * The output of a file that gives the scores.
 *
 * @param type FLOAT or FLOAT16
 * @param rank 2 for {@code [batch, classes]}, up to 4 with dimensions of 1 behind
 */
record ScoreOutput(String name, OnnxJavaType type, int classes, int rank, ScoreScale scale) {
  /** The smallest probability whose logarithm is taken: float32's smallest normal number. */
  private static final float LEAST = Float.MIN_NORMAL;

  /** Far more than any classifier has; a damaged file may say anything. */
  private static final long MOST_CLASSES = 1 << 20;

  /**
   * Finds the output among those of an opened file.
   *
   * @param free number of classes where the file leaves it free
   */
  static ScoreOutput of(
      Path model, OrtSession session, ModelOutline outline, ForeignModel said, OptionalInt free)
      throws OrtException, UnreadableModelException {
    String name = name(model, List.copyOf(session.getOutputNames()), said);
    if (!(session.getOutputInfo().get(name).getInfo() instanceof TensorInfo info)) {
      throw new UnreadableModelException(model, "its output '%s' is not a tensor".formatted(name));
    }
    long[] shape = info.getShape();
    boolean flat = shape.length >= 2 && shape.length <= 4;
    for (int i = 2; i < shape.length; i++) {
      flat &= shape[i] == 1;
    }
    if (!flat
        || shape[1] == 0
        || shape[1] > MOST_CLASSES
        || (info.type != OnnxJavaType.FLOAT && info.type != OnnxJavaType.FLOAT16)) {
      throw new UnreadableModelException(
          model,
          "a classifier gives float32 or float16 [batch, classes]; output '%s' of this file is %s %s (-1: free)"
              .formatted(name, info.type, Arrays.toString(shape)));
    }
    if (shape[1] < 1 && free.isEmpty()) {
      throw new UnreadableModelException(
          model,
          "its output '%s' does not say how many classes there are; say their labels (--labels FILE)"
              .formatted(name));
    }
    int classes = shape[1] < 1 ? free.getAsInt() : (int) shape[1];
    return new ScoreOutput(name, info.type, classes, shape.length, said.scoreScale(outline, name));
  }

  private static String name(Path model, List<String> names, ForeignModel said)
      throws UnreadableModelException {
    Optional<String> name = said.scoreOutput(names);
    if (name.isEmpty()) {
      throw new UnreadableModelException(
          model,
          "no output is named '%s'; this file has the outputs %s: say which one gives the scores (--output NAME)"
              .formatted(said.output().orElse(ForeignModel.LOGITS), names));
    }
    return name.get();
  }

  long[] shape(int batch) {
    long[] shape = new long[rank];
    Arrays.fill(shape, 1);
    shape[0] = batch;
    shape[1] = classes;
    return shape;
  }

  /**
   * Reads logits.
   *
   * @param bytes of the output in native order, from its beginning
   * @param logits {@code [batch, classes]}
   * @param first the first photo's row in them
   */
  void read(ByteBuffer bytes, int count, float[] logits, int first) {
    int from = first * classes;
    int to = from + count * classes;
    if (type == OnnxJavaType.FLOAT) {
      bytes.asFloatBuffer().get(0, logits, from, to - from);
    } else {
      for (int i = from, at = 0; i < to; i++, at += Short.BYTES) {
        logits[i] = Float16.toFloat(bytes.getShort(at));
      }
    }
    if (scale == ScoreScale.PROBABILITIES) {
      for (int i = from; i < to; i++) {
        logits[i] = (float) Math.log(Math.max(LEAST, logits[i]));
      }
    }
  }
}
