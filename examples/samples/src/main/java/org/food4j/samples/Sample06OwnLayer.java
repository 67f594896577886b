package org.food4j.samples;

import ai.onnx.proto.OnnxMl.ModelProto;
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
import org.food4j.models.block.Convolution;
import org.food4j.models.block.NetworkBuilder;
import org.food4j.models.block.Wiring;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.models.onnx.OnnxNode;
import org.food4j.models.onnx.export.ConverterRegistry;
import org.food4j.models.onnx.export.ExportOptions;
import org.food4j.models.onnx.export.OnnxConverter;
import org.food4j.models.onnx.export.OnnxExporter;
import org.food4j.models.onnx.export.VertexContext;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.nd4j.linalg.activations.Activation;

/**
 * 06: a layer of one's own, {@link PowerMeanPooling}, in a network that is trained; and the
 * converter that writes it into an ONNX file.
 */
public final class Sample06OwnLayer {
  private Sample06OwnLayer() {}

  // region: a converter
  /** The same in ONNX's operations. Maps are channels first in a file: places are axes 2 and 3. */
  static final class PowerMeanConverter implements OnnxConverter<PowerMeanPooling> {
    @Override
    public String convert(PowerMeanPooling layer, VertexContext context) {
      double power = context.parameter(PowerMeanPooling.POWER).getDouble(0);
      String floor = context.scalar("floor", PowerMeanPooling.FLOOR);
      String x = context.node(OnnxNode.of("Max", context.input(), floor));
      x = context.node(OnnxNode.of("Pow", x, context.scalar("power", power)));
      OnnxNode mean = OnnxNode.of("ReduceMean", x);
      x = context.node(mean.with("axes", new int[] {2, 3}).with("keepdims", 0L));
      return context.node(OnnxNode.of("Pow", x, context.scalar("root", 1 / power)));
    }
  }

  // end region

  /** Three convolutions, and the layer where others have their global average. */
  record PowerMeanCnn() implements Architecture {
    @Override
    public String name() {
      return "power_mean_cnn";
    }

    @Override
    public int inputSize() {
      return 128;
    }

    @Override
    public String paper() {
      return "ours, with the pooling of Radenovic et al. 2018, arXiv 1711.02512";
    }

    @Override
    public String logits() {
      return "fc";
    }

    @Override
    public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
      NetworkBuilder net = new NetworkBuilder(graph, spec.conventions(1e-5));
      net.stage("features");
      String x = INPUT;
      for (int i = 0; i < 3; i++) {
        Convolution shape = new Convolution(16 << i, 3).stride(2).then(Activation.RELU);
        x = net.convolution("conv" + i, "bn" + i, x, i == 0 ? shape.onPhotos() : shape);
      }
      net.stage("head");
      String pooled = net.add("pool", new PowerMeanPooling(), x);
      net.dense(logits(), pooled, spec.classes());
      return net.finish(pooled);
    }
  }

  /**
   * @param arguments a folder, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Path out = folder.path().resolve("power-mean");
    RunDirectory run = train(folder.dataset(), out.resolve("run"));
    System.out.printf(
        "The power was %.1f and is now %.4f%n", PowerMeanPooling.FIRST_POWER, power(run));
    Agreement agreement = export(run, folder.dataset(), out.resolve("model.onnx"));
    System.out.printf(
        "Probabilities of DL4J and of the ONNX file differ by %.1e at most%n",
        agreement.maxAbsDifference());
  }

  /** Trains a network that holds the layer. */
  public static RunDirectory train(Dataset dataset, Path out) throws IOException {
    Architectures.register(new PowerMeanCnn());
    Recipe recipe =
        RecipeFile.read("quickstart", List.of("model=power_mean_cnn", "input_size=48", "epochs=3"));
    return Sample03Train.train(dataset, recipe, out);
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
