package org.food4j.samples;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ConverterRegistry;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;

/**
 * 06: a layer of one's own, {@link PowerMeanPooling}, in a network that is trained, {@link
 * PowerMeanCnn}; and the converter that writes it into an ONNX file, {@link PowerMeanConverter}.
 */
public final class Sample06OwnLayer {
  private Sample06OwnLayer() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Path out = folder.next("power-mean");
    RunDirectory run = train(folder, out.resolve("run"));
    System.out.printf(
        "The power was %.1f and is now %.4f%n", PowerMeanPooling.FIRST_POWER, power(run));
    Agreement agreement = export(run, folder.dataset(), out.resolve("model.onnx"));
    System.out.printf(
        "Probabilities of DL4J and of the ONNX file differ by %.1e at most%n",
        agreement.maxAbsDifference());
  }

  /** Trains a network that holds the layer. */
  public static RunDirectory train(SampleFolder folder, Path out) throws IOException {
    Architectures.register(new PowerMeanCnn());
    Recipe recipe =
        folder.recipe("quickstart", "model=power_mean_cnn", "input_size=48", "epochs=3");
    return Sample03Train.train(folder.dataset(), recipe, out, List.of());
  }

  /** What training has made of the layer's parameter. */
  static double power(RunDirectory run) throws IOException {
    return run.best().getLayer("pool").getParam(PowerMeanPooling.POWER).getDouble(0);
  }

  /** Writes the file, and holds it against the network. */
  public static Agreement export(RunDirectory run, Dataset dataset, Path file) throws IOException {
    // region: register a converter
    ConverterRegistry converters =
        ConverterRegistry.standard().register(PowerMeanPooling.class, new PowerMeanConverter());
    ModelProto model =
        new OnnxExporter(converters)
            .export(run.best(), ExportOptions.photos(run.preprocessing().inputSize()));
    OnnxModelFile.write(file, model, run.card());
    // end region
    // A converter is right if the file computes what the layer computes: always compare.
    return ExportCheck.onPhotos(
        run.path(), file, dataset, dataset.entries(dataset.heldOut()), new NativePhotoDecoder());
  }
}
