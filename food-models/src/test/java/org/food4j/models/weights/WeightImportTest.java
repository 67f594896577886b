package org.food4j.models.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.Head;
import org.food4j.models.architecture.NetworkSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;

/** By EfficientNet-B0 with 10 classes, whose file has 311 tensors. */
class WeightImportTest {
  private static final WeightImport STRICT = new WeightImport(WeightImportOptions.STRICT);

  private static final Map<Integer, ComputationGraph> NETWORKS = new HashMap<>();

  @TempDir Path folder;

  private final Map<String, long[]> tensors = new LinkedHashMap<>(StateDicts.of("efficientnet_b0"));

  @Test
  void file_ofTimm_givesTheNetworkOfTorchvisions() throws IOException {
    ComputationGraph graph = network(10);
    STRICT.load(write(tensors, Map.of()), graph);
    INDArray expected = graph.params().dup();
    graph.params().assign(0);

    Map<String, long[]> renamed = renamed(WeightLayout.TIMM, tensors);
    renamed.put("bn1.num_batches_tracked", new long[0]);
    ImportReport report = STRICT.load(write(renamed, Map.of()), graph);
    assertThat(report.matched()).containsExactlyInAnyOrderElementsOf(tensors.keySet());
    assertThat(report.missing()).isEmpty();
    assertThat(report.unexpected()).isEmpty();
    // the writer fills tensors in order, whatever they are called
    assertThat(graph.params()).isEqualTo(expected);
  }

  @Test
  void problems_ofAllKinds_areListedAndNothingIsLoaded() throws IOException {
    tensors.remove("features.2.0.block.1.0.weight");
    tensors.put("features.0.0.weight", new long[] {32, 3, 5, 5});
    tensors.put("surplus.bias", new long[] {4});
    assertRefused(
        STRICT,
        write(tensors, Map.of()),
        network(10),
        "3 tensors do not fit, nothing was loaded: "
            + "features.0.0.weight is [32, 3, 5, 5] in the file and [32, 3, 3, 3] in the network; "
            + "surplus.bias is in the file and not in the network; "
            + "features.2.0.block.1.0.weight is in the network and not in the file");
  }

  @Test
  void missing_ofTimm_isCalledByBothNames() throws IOException {
    Map<String, long[]> timm = Map.of("conv_stem.weight", new long[] {32, 3, 3, 3});
    assertRefused(
        STRICT,
        write(timm, Map.of()),
        network(10),
        "features.8.0.weight (conv_head.weight) is in the network and not in the file");
  }

  @Test
  void missing_allowedOrDeclared_keepsItsValues() throws IOException {
    tensors.remove("features.8.0.weight");
    ComputationGraph graph = network(10);
    INDArray before = parameter(graph, "features.8.0").dup();
    ImportReport report =
        new WeightImport(WeightImportOptions.STRICT.withAllowMissing(true))
            .load(write(tensors, Map.of()), graph);
    assertThat(report.missing()).containsExactly("features.8.0.weight");
    assertThat(parameter(graph, "features.8.0")).isEqualTo(before);

    WeightsFile declared = write(tensors, Map.of("missing", "features.8.0.weight"));
    assertThat(STRICT.check(declared, graph.getConfiguration()).missing())
        .containsExactly("features.8.0.weight");
    assertThat(report.describe())
        .isEqualTo("loaded     310\nmissing    1 (initial values kept): features.8.0.weight");
  }

  @Test
  void identityBlock_ofTheFile_mayBeIncompleteOrUnknown() throws IOException {
    tensors.remove("features.6.3.block.0.0.weight");
    tensors.put("features.6.4.block.0.0.weight", new long[] {2});
    WeightsFile file = write(tensors, Map.of("identity_blocks", "features.6.3,features.6.4"));
    ImportReport report = STRICT.load(file, network(10));
    assertThat(report.missing()).containsExactly("features.6.3.block.0.0.weight");
    assertThat(report.identity()).containsExactly("features.6.4.block.0.0.weight");
  }

  @Test
  void identityBlock_ofTimmsFile_isCalledByTheNetworksName() throws IOException {
    WeightsFile file =
        write(
            renamed(WeightLayout.TIMM, tensors),
            Map.of("layout", "timm", "identity_blocks", "features.6.3"));
    NetworkSpec spec = file.card().completed(new NetworkSpec(10, 32), "efficientnet_b0");
    ImportReport report = STRICT.check(file, configuration("efficientnet_b0", spec));
    assertThat(report.identity()).hasSize(19).allMatch(name -> name.startsWith("blocks.5.3."));
    assertThat(report.matched()).hasSize(tensors.size() - 19);
    assertThat(report.unexpected()).isEmpty();
  }

  /** Network, layout, what of the file's head is left over, tensors of the new head. */
  @ParameterizedTest
  @CsvSource({
    "vgg16, TORCHVISION, classifier.0.weight classifier.0.bias classifier.3.weight classifier.3.bias",
    "vgg16, TIMM, pre_logits.fc1.weight pre_logits.fc1.bias pre_logits.fc2.weight pre_logits.fc2.bias",
    "vgg16, KERAS, fc1.kernel fc1.bias fc2.kernel fc2.bias",
    "mobilenet_v3_small, TORCHVISION, classifier.0.weight classifier.0.bias",
    "mobilenet_v3_small, TIMM, conv_head.weight conv_head.bias",
  })
  void head_thatIsLinear_replacesOneWithHiddenLayers(
      String network, WeightLayout layout, String left) throws IOException {
    Map<String, long[]> own = StateDicts.of(network);
    WeightsFile file = new Shapes(renamed(layout, own));
    ComputationGraphConfiguration linear =
        configuration(network, new NetworkSpec(7, 32).toBuilder().head(Head.LINEAR).build());
    WeightImportOptions options =
        WeightImportOptions.STRICT.withReplacedHead(Architectures.named(network).logits());
    assertThatThrownBy(() -> new WeightImport(options).check(file, linear))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(left.split(" ")[0] + " is in the file and not in the network");

    Set<String> head = new HashSet<>();
    own.keySet().stream()
        .filter(name -> name.startsWith("classifier."))
        .forEach(name -> head.add(ModuleMap.module(name)));
    ImportReport report = new WeightImport(options.withReplacedStage(head)).check(file, linear);
    List<String> replaced = new ArrayList<>(List.of(left.split(" ")));
    String logits = Architectures.named(network).logits();
    replaced.addAll(List.of(logits + ".weight", logits + ".bias"));
    assertThat(report.replaced()).containsExactlyInAnyOrderElementsOf(replaced);
    assertThat(report.matched()).hasSize(own.size() - replaced.size());
    assertThat(report.unexpected()).isEmpty();
  }

  @Test
  void head_ofTheSameForm_isLoadedThoughItMayBeReplaced() throws IOException {
    WeightImportOptions options =
        WeightImportOptions.STRICT.withReplacedStage(Set.of("avgpool", "classifier.1"));
    ImportReport report = new WeightImport(options).load(write(tensors, Map.of()), network(10));
    assertThat(report.replaced()).isEmpty();
    assertThat(report.matched()).hasSize(tensors.size());
    tensors.put("surplus.bias", new long[] {4});
    assertRefused(new WeightImport(options), write(tensors, Map.of()), network(7), "surplus.bias");
  }

  @Test
  void missing_ofABlockThatTheNetworkLacks_isNamedAllTheSame() throws IOException {
    String lost = "features.6.3.block.0.0.weight";
    tensors.remove(lost);
    tensors.remove("classifier.1.weight");
    WeightsFile file =
        write(
            tensors,
            Map.of(
                "identity_blocks", "features.6.3", "missing", lost + ",classifier.1.weight,a.b"));
    NetworkSpec spec = file.card().completed(new NetworkSpec(10, 32), "efficientnet_b0");
    ImportReport report = STRICT.load(file, Architectures.named("efficientnet_b0").graph(spec, 3));
    assertThat(report.missing()).containsExactly("classifier.1.weight");
    assertThat(report.omitted()).containsExactly("a.b", lost);
    assertThat(report.lacking()).containsExactly("classifier.1.weight", "a.b", lost);
    assertThat(report.describe())
        .contains("missing    1 (initial values kept): classifier.1.weight\n")
        .contains("missing    2 (not needed: the network lacks them too): a.b, " + lost + "\n");
  }

  @Test
  void head_ofAnotherClassCount_isRefusedWithTheCauseOrReplaced() throws IOException {
    WeightsFile file = write(tensors, Map.of());
    assertRefused(
        STRICT,
        file,
        network(7),
        "the file has 10 classes, the network 7: let the head classifier.1 be replaced",
        "classifier.1.weight is [10, 1280] in the file and [7, 1280] in the network",
        "classifier.1.bias is [10] in the file and [7] in the network");

    ComputationGraph graph = network(7);
    INDArray head = parameter(graph, "classifier.1").dup();
    WeightImport replacing =
        new WeightImport(WeightImportOptions.STRICT.withReplacedHead("classifier.1"));
    ImportReport report = replacing.load(file, graph);
    assertThat(report.replaced())
        .containsExactlyInAnyOrder("classifier.1.weight", "classifier.1.bias");
    assertThat(report.matched()).hasSize(309);
    assertThat(parameter(graph, "classifier.1")).isEqualTo(head);
    assertThat(replacing.load(file, network(10)).replaced()).isEmpty();
  }

  @Test
  void head_thatIsHalfMissing_isReplacedAsAWhole() throws IOException {
    tensors.remove("classifier.1.weight");
    ImportReport report =
        new WeightImport(WeightImportOptions.STRICT.withReplacedHead("classifier.1"))
            .load(write(tensors, Map.of()), network(10));
    assertThat(report.replaced()).containsExactly("classifier.1.bias");
    assertThat(report.missing()).containsExactly("classifier.1.weight");
  }

  @Test
  void head_ofAnotherWidth_isNoReplacement() throws IOException {
    tensors.put("classifier.1.weight", new long[] {10, 1792});
    assertRefused(
        new WeightImport(WeightImportOptions.STRICT.withReplacedHead("classifier.1")),
        write(tensors, Map.of()),
        network(7),
        "classifier.1.weight is [10, 1792] in the file and [7, 1280] in the network");
  }

  @Test
  void architecture_thatDiffers_isNamedAsTheCause() throws IOException {
    WeightsFile file = write(StateDicts.of("resnet18"), Map.of("architecture", "resnet18"));
    assertRefused(
        new WeightImport(WeightImportOptions.STRICT.withArchitecture("efficientnet_b0")),
        file,
        network(10),
        "the file holds resnet18, the network is efficientnet_b0",
        "layer1.0.conv1.weight is in the file and not in the network");
    assertRefused(STRICT, file, network(10), "read as torchvision's, they look like torchvision's");
    assertRefused(
        STRICT,
        write(StateDicts.of("efficientnet_b4"), Map.of()),
        network(10),
        "another architecture, or another variant of it");
  }

  @Test
  void kernel_ofAConvolutionOverAllPositions_isALinearLayer() throws IOException {
    ComputationGraph graph = linear(18, 4);
    WeightsFile file =
        write(Map.of("fc.weight", new long[] {4, 2, 3, 3}, "fc.bias", new long[] {4}), Map.of());
    ImportReport report = STRICT.load(file, graph);
    assertThat(report.reshaped()).containsExactly("fc.weight");
    float[] values = file.values("fc.weight");
    INDArray weights = graph.getLayer("fc").getParam("W");
    for (int out = 0; out < 4; out++) {
      for (int in = 0; in < 18; in++) {
        assertThat(weights.getFloat(in, out)).isEqualTo(values[18 * out + in]);
      }
    }
    assertRefused(STRICT, file, linear(12, 4), "fc.weight is [4, 2, 3, 3]", "[4, 12]");
  }

  @Test
  void classCount_ofTheMetadata_isHeldAgainstTheLogits() throws IOException {
    WeightsFile lying = write(tensors, Map.of("num_classes", "1000"));
    assertRefused(
        STRICT,
        lying,
        network(10),
        "metadata num_classes is 1000, but tensor classifier.1.weight of the logits is [10, 1280]");
    assertRefused(
        new WeightImport(WeightImportOptions.STRICT.withReplacedHead("classifier.1")),
        lying,
        network(7),
        "metadata num_classes is 1000");
    STRICT.load(write(tensors, Map.of("num_classes", "10")), network(10));
  }

  private static Map<String, long[]> renamed(WeightLayout layout, Map<String, long[]> tensors) {
    Map<String, long[]> renamed = new LinkedHashMap<>();
    TensorNames names = layout.names(tensors, tensors.keySet());
    tensors.forEach((name, shape) -> renamed.put(names.inFile(name), shape));
    return renamed;
  }

  private static ComputationGraphConfiguration configuration(String network, NetworkSpec spec) {
    Architecture architecture = Architectures.named(network);
    return architecture
        .configure(new NeuralNetConfiguration.Builder(), spec)
        .setOutputs(architecture.logits())
        .build();
  }

  /** A file that is looked at and not read: VGG16's would have half a gigabyte. */
  private record Shapes(Map<String, long[]> tensors) implements WeightsFile {
    @Override
    public Path file() {
      return Path.of("shapes");
    }

    @Override
    public Set<String> names() {
      return tensors.keySet();
    }

    @Override
    public long[] shape(String name) {
      return tensors.get(name).clone();
    }

    @Override
    public float[] values(String name) {
      throw new AssertionError(name + " was read");
    }

    @Override
    public WeightsCard card() {
      return WeightsCard.EMPTY;
    }
  }

  private static void assertRefused(
      WeightImport weights, WeightsFile file, ComputationGraph graph, String... parts) {
    INDArray before = graph.params().dup();
    assertThatThrownBy(() -> weights.load(file, graph))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(file.file().toString())
        .hasMessageContainingAll(parts);
    assertThat(graph.params()).isEqualTo(before);
  }

  private static INDArray parameter(ComputationGraph graph, String vertex) {
    return graph.getLayer(vertex).getParam("W");
  }

  /** One graph per class count: no test minds what another left in its parameters. */
  private static ComputationGraph network(int classes) {
    return NETWORKS.computeIfAbsent(
        classes, c -> Architectures.named("efficientnet_b0").graph(new NetworkSpec(c, 32), 3));
  }

  private static ComputationGraph linear(int inputs, int outputs) {
    DenseLayer layer =
        new DenseLayer.Builder().nOut(outputs).activation(Activation.IDENTITY).build();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.feedForward(inputs))
                .addLayer("fc", layer, "in")
                .setOutputs("fc")
                .build());
    graph.init();
    return graph;
  }

  private WeightsFile write(Map<String, long[]> shapes, Map<String, String> metadata)
      throws IOException {
    Random random = new Random(1);
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    shapes.forEach(
        (name, shape) ->
            entries.add(new SafetensorsWriter.Entry(name, shape, () -> values(random, shape))));
    Path file = folder.resolve("w" + shapes.size() + metadata.hashCode() + ".safetensors");
    SafetensorsWriter.write(file, entries, metadata);
    return Safetensors.open(file);
  }

  private static float[] values(Random random, long[] shape) {
    long length = 1;
    for (long size : shape) {
      length *= size;
    }
    float[] values = new float[(int) length];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return values;
  }
}
