package org.food4j.bench.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.food4j.models.inference.ExecutionProvider;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.train.run.TrainedModel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One call of a model, from a Java array to logits in another. */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class InferenceBenchmark {
  /** A run directory or an ONNX file. */
  @Param("")
  public String model;

  /** Photos per call. */
  @Param("1")
  public int batch;

  /** Threads of ONNX Runtime; 0 for all processors. */
  @Param("0")
  public int threads;

  /** What ONNX Runtime computes on. */
  @Param("cpu")
  public String provider;

  private TrainedModel opened;
  private float[] input;

  /** Opens the model. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    if (model.isEmpty()) {
      throw new IllegalArgumentException(
          "No model is named: give a run directory or an ONNX file, -p model=/path/model.onnx");
    }
    int most = Runtime.getRuntime().availableProcessors();
    opened =
        TrainedModel.open(
            Path.of(model),
            new RuntimeSettings(
                threads == 0 ? most : threads, true, ExecutionProvider.of(provider)));
    input = new float[batch * opened.card().preprocessing().inputLength()];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (4 * random.nextDouble() - 2); // as normalised pixels are
    }
  }

  /** The logits of a batch. */
  @Benchmark
  public float[] logits() {
    return opened.classifier().logits(input, batch);
  }

  /** Closes the model. */
  @TearDown(Level.Trial)
  public void close() {
    opened.close();
  }
}
