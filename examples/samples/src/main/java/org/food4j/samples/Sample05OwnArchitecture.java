package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.bench.compare.ExportCheck;
import org.food4j.bench.result.Agreement;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Attention;
import org.food4j.models.block.BasicBlock;
import org.food4j.models.block.Convolution;
import org.food4j.models.block.LinearHead;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.Wiring;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunExport;
import org.nd4j.linalg.activations.Activation;

/**
 * 05: a network of one's own, wired from the library's blocks. Once it is registered, recipes know
 * it by its name: it is trained, exported and explained as any other.
 */
public final class Sample05OwnArchitecture {
  private Sample05OwnArchitecture() {}

  // region: an architecture
  /**
   * A narrow residual network with efficient channel attention. A record, so that it has equals.
   */
  record NarrowCnn() implements Architecture {
    private static final List<Integer> WIDTHS = List.of(32, 64, 96);

    @Override
    public String name() {
      return "narrow_cnn";
    }

    @Override
    public int inputSize() {
      return 128;
    }

    @Override
    public String paper() {
      return "ours";
    }

    @Override
    public String logits() {
      return "fc";
    }

    @Override
    public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
      NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(1e-5));
      // Stages are what freezing, explaining, counting and drawing speak of.
      net.stage("stem");
      Convolution stem = new Convolution(16, 3).stride(2).onPhotos().then(Activation.RELU);
      String x = net.convolution("stem.0", "stem.1", INPUT, stem);
      int channels = 16;
      for (int width : WIDTHS) {
        String stage = "stages." + WIDTHS.indexOf(width);
        net.stage(stage);
        Attention attention = spec.attention().or(Attention.ECA);
        x = new BasicBlock(channels, width, 2, attention, 0).wire(net, stage, x);
        channels = width;
      }
      return new LinearHead(spec.classes(), spec.dropout()).wire(net, "fc", "dropout", logits(), x);
    }
  }

  // end region

  /**
   * @param arguments a folder, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Agreement agreement = trainAndExport(folder.dataset(), folder.path().resolve("narrow"));
    System.out.printf(
        "DL4J and the ONNX file answer %d photos with the same class in %.1f %%, and with"
            + " probabilities that differ by %.1e at most%n",
        agreement.photos(), 100 * agreement.top1Agreement(), agreement.maxAbsDifference());
  }

  /** Trains it for a few epochs, and holds the exported file against the network. */
  public static Agreement trainAndExport(Dataset dataset, Path out) throws IOException {
    // region: register an architecture
    // Before anything opens a run of it: a run directory holds the name alone.
    Architectures.register(new NarrowCnn());
    Recipe recipe =
        RecipeFile.read("quickstart", List.of("model=narrow_cnn", "input_size=48", "epochs=3"));
    // end region
    RunDirectory run = Sample03Train.train(dataset, recipe, out.resolve("run"));
    Path onnx = out.resolve("narrow.onnx");
    RunExport.write(run, onnx);
    return ExportCheck.onPhotos(
        run.path(), onnx, dataset, dataset.entries(dataset.heldOut()), new NativePhotoDecoder());
  }
}
