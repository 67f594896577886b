package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architectures;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunExport;

/**
 * 05: a network of one's own, {@link NarrowCnn}, wired from the library's blocks. Once it is
 * registered, recipes know it by its name: it is trained, exported and explained as any other.
 */
public final class Sample05OwnArchitecture {
  private Sample05OwnArchitecture() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Agreement agreement = trainAndExport(folder, folder.next("narrow"));
    System.out.printf(
        "DL4J and the ONNX file answer %d photos with the same class in %.1f %%, and with"
            + " probabilities that differ by %.1e at most%n",
        agreement.photos(), 100 * agreement.top1Agreement(), agreement.maxAbsDifference());
  }

  /** Trains it for a few epochs, and holds the exported file against the network. */
  public static Agreement trainAndExport(SampleFolder folder, Path out) throws IOException {
    // region: register an architecture
    // Before anything opens a run of it: a run directory holds the name alone.
    Architectures.register(new NarrowCnn());
    Recipe recipe = folder.recipe("quickstart", "model=narrow_cnn", "input_size=48", "epochs=3");
    // end region
    Dataset dataset = folder.dataset();
    RunDirectory run = Sample03Train.train(dataset, recipe, out.resolve("run"), List.of());
    Path onnx = out.resolve("narrow.onnx");
    RunExport.write(run, onnx);
    return ExportCheck.onPhotos(
        run.path(), onnx, dataset, dataset.entries(dataset.heldOut()), new NativePhotoDecoder());
  }
}
