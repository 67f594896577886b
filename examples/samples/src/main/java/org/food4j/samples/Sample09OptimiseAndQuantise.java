package org.food4j.samples;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.batch.BatchSettings;
import org.food4j.data.batch.PhotoBatch;
import org.food4j.data.batch.PhotoBatchReader;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Split;
import org.food4j.data.page.EvenPick;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.onnx.ModelHistory;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.optimize.GraphOptimizer;
import org.food4j.models.onnx.optimize.InputNoise;
import org.food4j.models.onnx.optimize.OptimizedModel;
import org.food4j.models.onnx.optimize.OutputParity;
import org.food4j.models.onnx.quantize.SampleBatch;
import org.food4j.models.onnx.quantize.StaticOptions;
import org.food4j.models.onnx.quantize.StaticQuantizer;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.McNemar;

/**
 * 09: the exported file is made smaller and faster, first without changing its answers, then with a
 * change that is measured.
 */
public final class Sample09OptimiseAndQuantise {
  private Sample09OptimiseAndQuantise() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Path optimised = optimise(folder.model(), folder.path().resolve("fast.onnx"));
    Path quantised = quantise(optimised, folder.dataset(), folder.path().resolve("int8.onnx"));
    for (Path file : List.of(folder.model(), optimised, quantised)) {
      System.out.printf("%-10s %,d bytes%n", file.getFileName(), Files.size(file));
    }
    McNemar difference = compare(folder.model(), quantised, folder.dataset());
    System.out.printf(
        "int8 gives the same answer in %.1f %%; top-1 differs by %.1f points, p %.2f%n",
        100 * difference.agreement(), 100 * difference.difference(), difference.pValue());
  }

  /** Folds and merges what can be computed beforehand. */
  public static Path optimise(Path model, Path out) throws IOException {
    // region: optimise
    ModelProto original = OnnxModelFile.readModel(model);
    OptimizedModel optimized = GraphOptimizer.standard().optimize(original);
    // Both computed on noise: a pass that changed an answer would be found here.
    OutputParity parity = OutputParity.measure(original, optimized.model(), InputNoise.standard());
    if (!parity.within(OutputParity.TOLERANCE)) {
      throw new IllegalStateException("The optimised file answers otherwise: " + parity);
    }
    OnnxModelFile.write(out, optimized.model());
    // end region
    return out;
  }

  /** Makes it compute with int8, with scales that are measured on training photos. */
  public static Path quantise(Path model, Dataset dataset, Path out) throws IOException {
    // region: quantise
    ModelProto source = OnnxModelFile.readModel(model);
    // Through the file's own preprocessing; other numbers would give wrong scales.
    Preprocessing preprocessing = OnnxModelFile.readCard(model).preprocessing();
    int size = preprocessing.inputSize();
    List<SampleBatch> samples = new ArrayList<>();
    try (PhotoBatchReader photos =
        new PhotoBatchReader(
            dataset,
            EvenPick.of(dataset.entries(Split.TRAIN), 64),
            new NativePhotoDecoder(),
            BatchSettings.evaluation(preprocessing, 16))) {
      while (photos.hasNext()) {
        PhotoBatch batch = photos.next();
        samples.add(SampleBatch.of("input", batch.input(), batch.size(), 3, size, size));
      }
    }
    ModelProto int8 =
        StaticQuantizer.calibrated(source, StaticOptions.DEFAULT, samples, done -> {}).quantize();
    // The history travels with the file, as labels and preprocessing do.
    ModelHistory history = ModelHistory.of(source).then("int8 static, 64 photos", "int8 static");
    OnnxModelFile.write(out, history.writtenInto(int8));
    // end region
    return out;
  }

  /** Whether two files differ by more than chance on the test photos. */
  public static McNemar compare(Path first, Path second, Dataset dataset) throws IOException {
    Evaluation before = Sample04Evaluate.evaluate(first, dataset);
    return McNemar.of(before, Sample04Evaluate.evaluate(second, dataset));
  }
}
