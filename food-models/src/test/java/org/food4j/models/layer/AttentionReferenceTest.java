package org.food4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.food4j.models.kernel.Agreement.assertClose;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Attention modules against PyTorch's outputs and gradients ({@code attention_gradients.py}). */
class AttentionReferenceTest {
  private static final int CHANNELS = 8;
  private static final long[] MAPS = {2, CHANNELS, 3, 4};

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void cbam_outputAndGradients_equalPyTorchs(DataType type) throws IOException {
    GraphBuilder graph = stem(type);
    graph
        .addLayer("both", new GlobalMeanMax2d(), "stem")
        .addLayer(
            "module.fc1", new Conv2d.Builder(2, 1, 1).activation(Activation.RELU).build(), "both")
        .addLayer("module.fc2", new Conv2d.Builder(CHANNELS, 1, 1).build(), "module.fc1")
        .addLayer("factors", new PositionSum2d(new ActivationSigmoid()), "module.fc2")
        .addVertex("channels", new ChannelScaleVertex(), "stem", "factors")
        .addLayer("stacked", new ChannelMeanMax2d(), "channels")
        .addLayer(
            "module.spatial",
            new Conv2d.Builder(1, 7, 7)
                .padding(3, 3)
                .bias(false)
                .activation(Activation.SIGMOID)
                .build(),
            "stacked")
        .addVertex("y", new PositionScaleVertex(), "channels", "module.spatial");
    assertEqualsReference("cbam", graph, type);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void eca_outputAndGradients_equalPyTorchs(DataType type) throws IOException {
    GraphBuilder graph = stem(type);
    graph
        .addLayer("mean", new GlobalPool2d(Pooling.AVERAGE, false), "stem")
        .addLayer("column", new ChannelRowSwap2d(), "mean")
        .addLayer(
            "module.conv",
            new Conv2d.Builder(1, 3, 1)
                .padding(1, 0)
                .bias(false)
                .activation(Activation.SIGMOID)
                .build(),
            "column")
        .addLayer("factors", new ChannelRowSwap2d(), "module.conv")
        .addVertex("y", new ChannelScaleVertex(), "stem", "factors");
    assertEqualsReference("eca", graph, type);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void selfAttention_outputAndGradients_equalPyTorchs(DataType type) throws IOException {
    GraphBuilder graph = stem(type);
    graph
        .addLayer("module.norm", new LayerNorm2d.Builder(1e-5).build(), "stem")
        .addLayer("module.qkv", new Conv2d.Builder(3 * CHANNELS, 1, 1).build(), "module.norm")
        .addLayer("attention", new SelfAttention2d(2), "module.qkv")
        .addLayer("module.proj", new Conv2d.Builder(CHANNELS, 1, 1).build(), "attention")
        .addVertex("y", new AdditionVertex(new ActivationIdentity()), "module.proj", "stem");
    assertEqualsReference("attention", graph, type);
  }

  private static GraphBuilder stem(DataType type) {
    GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .dataType(type)
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs("in")
            .setInputTypes(InputType.convolutional(MAPS[2], MAPS[3], MAPS[1]))
            .setOutputs("y");
    return graph.addLayer(
        "stem", new Conv2d.Builder(CHANNELS, 1, 1).activation(Activation.RELU).build(), "in");
  }

  private static void assertEqualsReference(String name, GraphBuilder builder, DataType type)
      throws IOException {
    Map<String, double[]> reference = reference(name);
    ComputationGraph graph = new ComputationGraph(builder.build());
    graph.init();
    graph
        .paramTable()
        .forEach((key, values) -> values.assign(formula(torchName(key), values.shape()).mul(0.7)));
    INDArray[] photos = {formula("input", MAPS).castTo(type)};
    INDArray y = graph.feedForward(photos, true, false).get("y");
    assertClose("y", y.permute(0, 3, 1, 2), Nd4j.create(reference.get("y"), MAPS, 'c'));
    INDArray dy = formula("gradient", MAPS).castTo(type).permute(0, 2, 3, 1).dup('c');
    Gradient gradient = graph.backpropGradient(dy);
    assertThat(gradient.gradientForVariable()).hasSize(reference.size() - 1);
    gradient
        .gradientForVariable()
        .forEach(
            (key, values) ->
                assertClose(
                    "gradient of " + key,
                    values,
                    Nd4j.create(reference.get(torchName(key)), values.shape(), 'c'),
                    1));
  }

  private static String torchName(String key) {
    int end = key.lastIndexOf('_');
    return key.substring(0, end)
        + switch (key.substring(end + 1)) {
          case "W", "gamma" -> ".weight";
          case "b", "beta" -> ".bias";
          default -> throw new AssertionError(key);
        };
  }

  /** As in the script. */
  private static INDArray formula(String name, long... shape) {
    INDArray values = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < values.length(); i++) {
      values.putScalar(i, Math.sin(0.37 * (i + 1) * (i + 1) + name.length()));
    }
    return values;
  }

  private static Map<String, double[]> reference(String name) throws IOException {
    try (InputStream json =
        AttentionReferenceTest.class.getResourceAsStream("attention_gradients.json")) {
      return new JsonMapper()
          .readValue(json, new TypeReference<Map<String, Map<String, double[]>>>() {})
          .get(name);
    }
  }
}
