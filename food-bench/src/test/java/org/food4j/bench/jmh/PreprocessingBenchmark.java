package org.food4j.bench.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.JpegEncoder;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
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
import org.openjdk.jmh.annotations.Warmup;

/** From a photo's bytes to the input of a network, as a whole and in its two steps. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PreprocessingBenchmark {
  /** A photo file; {@code drawn} for a drawn dish. */
  @Param("drawn")
  public String photo;

  /** {@code native} (OpenCV) or {@code imageio} (Java). */
  @Param({"native", "imageio"})
  public String decoder;

  /** Height and width of the input in pixels. */
  @Param("224")
  public int size;

  private byte[] encoded;
  private PhotoDecoder chosen;
  private Preprocessing preprocessing;
  private ScaledPhoto decoded;

  /** Reads or draws the photo. */
  @Setup(Level.Trial)
  public void prepare() throws IOException {
    encoded =
        photo.equals("drawn")
            ? JpegEncoder.encode(new DrawnDishes(1).draw(0, 0).photo(), 0.9f)
            : Files.readAllBytes(Path.of(photo));
    chosen = decoder.equals("native") ? new NativePhotoDecoder() : new ImageIoPhotoDecoder();
    preprocessing = Preprocessing.imagenet(size);
    decoded = decode();
  }

  /** Bytes to pixels, at no more detail than the input needs. */
  @Benchmark
  public ScaledPhoto decode() throws IOException {
    return chosen.decode(encoded, preprocessing.decodedShorterSide());
  }

  /** Pixels to input: resize, crop, normalise. */
  @Benchmark
  public float[] normalise() {
    float[] input = new float[preprocessing.inputLength()];
    preprocessing.apply(decoded, input, 0);
    return input;
  }

  /** Bytes to input. */
  @Benchmark
  public float[] whole() throws IOException {
    return preprocessing.apply(encoded, chosen);
  }
}
