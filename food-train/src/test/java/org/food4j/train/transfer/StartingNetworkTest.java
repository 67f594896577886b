package org.food4j.train.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.ImportReport;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.SafetensorsWriter;
import org.food4j.models.weights.WeightExport;
import org.food4j.models.weights.WeightsCard;
import org.food4j.models.weights.WeightsException;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StartingNetworkTest {
  private static final WeightsCard CARD =
      WeightsCard.builder()
          .architecture("se_cnn")
          .padding(PaddingRule.SAME)
          .batchNormEps(0.001)
          .mean(List.of(0.5f, 0.5f, 0.5f))
          .std(List.of(0.25f, 0.25f, 0.25f))
          .build();

  private Path folder;
  private Path weights;

  @BeforeAll
  void write(@TempDir Path temporary) throws Exception {
    folder = temporary;
    weights = folder.resolve("five classes.safetensors");
    WeightExport.save(
        Architectures.named("se_cnn").graph(new NetworkSpec(5, 32), 11), weights, CARD);
  }

  private static Recipe recipe(Path file, String... settings) throws Exception {
    List<String> all =
        new ArrayList<>(List.of("input_size=32", "weights=" + RecipeFile.quoted(file.toString())));
    all.addAll(List.of(settings));
    return RecipeFile.read("scratch", all);
  }

  @Test
  void network_ofWeights_hasTheFormThatTheyWereTrainedIn() throws Exception {
    StartingNetwork start = StartingNetwork.of(recipe(weights), 3);
    assertThat(start.spec().padding()).isEqualTo(PaddingRule.SAME);
    assertThat(start.spec().batchNormEps()).hasValue(0.001);
    assertThat(start.spec().classes()).isEqualTo(3);
    assertThat(start.preprocessing().mean()).containsExactly(0.5f, 0.5f, 0.5f);
    assertThat(start.preprocessing().inputSize()).isEqualTo(32);
    assertThat(start.provenance()).containsOnlyKeys("weights_sha256");
  }

  @Test
  void network_ofARecipeThatChooses_hasTheRecipesForm() throws Exception {
    StartingNetwork start =
        StartingNetwork.of(recipe(weights, "padding=symmetric", "batch_norm_eps=0.01"), 3);
    assertThat(start.spec().padding()).isEqualTo(PaddingRule.SYMMETRIC);
    assertThat(start.spec().batchNormEps()).hasValue(0.01);
  }

  @Test
  void load_forOtherClasses_keepsTheNewHeadAndTakesTheRest() throws Exception {
    StartingNetwork start = StartingNetwork.of(recipe(weights), 3);
    ComputationGraph graph = start.architecture().graph(start.spec(), 7);
    ComputationGraph before = graph.clone();
    ImportReport report = start.load(graph).orElseThrow();
    assertThat(report.describe()).contains("fc");
    assertThat(graph.getParam("fc_W")).isEqualTo(before.getParam("fc_W"));
    assertThat(graph.getParam("stem.0_W")).isNotEqualTo(before.getParam("stem.0_W"));
  }

  @Test
  void load_intoALinearHead_takesTheBackboneOfANetworkWithHiddenLayers() throws Exception {
    Path own = folder.resolve("mobilenet.safetensors");
    WeightExport.save(
        Architectures.named("mobilenet_v3_small").graph(new NetworkSpec(5, 32), 11),
        own,
        WeightsCard.EMPTY);
    StartingNetwork start =
        StartingNetwork.of(recipe(own, "model=mobilenet_v3_small", "head=linear"), 3);
    ImportReport report = start.load(start.architecture().graph(start.spec(), 7)).orElseThrow();
    assertThat(report.replaced())
        .containsExactlyInAnyOrder(
            "classifier.0.weight", "classifier.0.bias", "classifier.3.weight", "classifier.3.bias");
    assertThat(report.missing()).isEmpty();
    assertThat(report.matched()).contains("features.12.0.weight");
  }

  @Test
  void load_withoutWeights_leavesTheGraph() throws Exception {
    StartingNetwork start =
        StartingNetwork.of(RecipeFile.read("scratch", List.of("input_size=32")), 3);
    ComputationGraph graph = start.architecture().graph(start.spec(), 7);
    ComputationGraph before = graph.clone();
    assertThat(start.load(graph)).isEmpty();
    assertThat(start.provenance()).isEmpty();
    assertThat(graph.params()).isEqualTo(before.params());
  }

  @Test
  void weights_ofAnotherArchitecture_areRefusedBeforeTraining() throws Exception {
    Recipe recipe = recipe(weights, "model=resnet18");
    assertThatThrownBy(() -> StartingNetwork.of(recipe, 3))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(weights.toString())
        .hasMessageContaining("se_cnn")
        .hasMessageContaining("resnet18");
  }

  @Test
  void weights_thatLackATensor_areRefusedUnlessAllowed() throws Exception {
    Path lacking = folder.resolve("lacking.safetensors");
    Safetensors all = Safetensors.open(weights);
    String missing = "stages.0.conv1.weight";
    List<SafetensorsWriter.Entry> entries = new ArrayList<>();
    for (String name : all.names()) {
      if (!name.equals(missing)) {
        entries.add(new SafetensorsWriter.Entry(name, all.shape(name), () -> all.values(name)));
      }
    }
    assertThat(entries).hasSize(all.names().size() - 1);
    SafetensorsWriter.write(lacking, entries, all.metadata());
    assertThatThrownBy(() -> StartingNetwork.of(recipe(lacking), 3))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(missing);
    StartingNetwork start = StartingNetwork.of(recipe(lacking, "allow_missing=true"), 3);
    ComputationGraph graph = start.architecture().graph(start.spec(), 7);
    assertThat(start.load(graph).orElseThrow().describe()).contains(missing);
  }

  @Test
  void weights_thatAreBroken_areRefusedByName() throws Exception {
    Path cut = folder.resolve("cut.safetensors");
    byte[] whole = Files.readAllBytes(weights);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> StartingNetwork.of(recipe(cut), 3))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(cut.toString());
    Path empty = folder.resolve("empty.safetensors");
    SafetensorsWriter.write(empty, List.of(), Map.of());
    assertThatThrownBy(() -> StartingNetwork.of(recipe(empty), 3))
        .isInstanceOf(WeightsException.class)
        .hasMessageContaining(empty.toString());
  }
}
