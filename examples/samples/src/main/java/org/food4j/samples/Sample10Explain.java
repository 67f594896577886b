package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.PhotoImage;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.explain.FileExplainer;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunExport;

/**
 * 10: where in a photo the network finds its answer, twice: by gradients from the trained network,
 * and without any from the ONNX file.
 */
public final class Sample10Explain {
  private Sample10Explain() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Path photo = folder.unseenPhoto();
    show(gradCam(folder.run(), photo), folder.path().resolve("grad-cam.png"));
    Path model = folder.path().resolve("model-with-cam.onnx");
    show(classActivation(folder.run(), model, photo), folder.path().resolve("cam.png"));
  }

  private static void show(Explanation explanation, Path png) throws IOException {
    // Heat is relative: the warmest place speaks most for the class, however little that is.
    ImageIO.write(PhotoImage.of(explanation.overlay()), "png", png.toFile());
    System.out.printf(
        "%s, %.1f %%, seen from %s: %s%n",
        explanation.explained().displayName(),
        100 * explanation.prediction().probability(),
        explanation.vertex(),
        png);
  }

  /** Grad-CAM (Selvaraju et al. 2017, arXiv 1610.02391): any class, seen from any stage. */
  public static Explanation gradCam(RunDirectory run, Path photo) throws IOException {
    // region: grad-cam
    OptionalInt mostProbable = OptionalInt.empty();
    // Maps are as coarse as the stage: the last one has the most meaning and the fewest cells.
    Optional<String> stage = Optional.of("stages.2");
    return run.explainer(new NativePhotoDecoder())
        .explain(photo, mostProbable, stage, ChannelWeighting.GRAD_CAM);
    // end region
  }

  /** Class activation map (Zhou et al. 2016, arXiv 1512.04150), an output of the file. */
  public static Explanation classActivation(RunDirectory run, Path model, Path photo)
      throws IOException {
    // region: class activation map
    RunExport.write(run, model, ExportOptions::withClassActivation);
    // ONNX Runtime alone from here on: a server does this.
    try (OnnxClassifier network = OnnxClassifier.open(model)) {
      FileExplainer explainer =
          new FileExplainer(network, OnnxModelFile.readCard(model), new NativePhotoDecoder());
      return explainer.explain(explainer.decode(photo), OptionalInt.empty());
    }
    // end region
  }
}
