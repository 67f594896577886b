package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.modelimport.keras.KerasModelImport;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.food4j.models.layer.NativeEngine;
import org.food4j.models.onnx.OfficialChecker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks that DL4J made of Keras' own descriptions, written by {@code keras_models.py}, with
 * random weights: channels last, as Keras computes.
 */
class KerasExportTest {
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    NativeEngine.start();
  }

  @Test
  void functionalModel_ofImages_agrees() throws Exception {
    assertExports("functional", ExportedGraph.image(16, 20, 3, CNN2DFormat.NHWC));
  }

  @Test
  void sequentialModel_ofImages_agrees() throws Exception {
    ExportedNetwork exported =
        new ExportedNetwork(
            sequential("sequential"), ExportedGraph.image(12, 10, 3, CNN2DFormat.NHWC));
    exported.shakeStatistics();
    assertThat(exported.relativeDifference(3)).isLessThan(TOLERANCE);
  }

  @Test
  void sequentialModel_channelsFirst_agrees() throws Exception {
    ExportedNetwork exported =
        new ExportedNetwork(sequential("channels_first"), ExportedGraph.image(12, 10, 3));
    exported.shakeStatistics();
    assertThat(exported.relativeDifference(3)).isLessThan(TOLERANCE);
  }

  @Test
  void sequentialModel_ofSequences_agrees() throws Exception {
    ExportedNetwork exported =
        new ExportedNetwork(sequential("sequences"), ExportedGraph.sequence(16, 3, RNNFormat.NWC));
    exported.shakeStatistics();
    assertThat(exported.relativeDifference(3)).isLessThan(TOLERANCE);
  }

  private void assertExports(String name, InputType input) throws Exception {
    ComputationGraphConfiguration configuration =
        KerasModelImport.importKerasModelConfiguration(resource(name));
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    ExportedNetwork exported = new ExportedNetwork(graph, input);
    exported.shakeStatistics();
    assertThat(exported.relativeDifference(3)).isLessThan(TOLERANCE);
    OfficialChecker.require();
    OfficialChecker.assertAccepts(exported.model(), folder);
  }

  private static MultiLayerNetwork sequential(String name) throws Exception {
    MultiLayerConfiguration configuration =
        KerasModelImport.importKerasSequentialConfiguration(resource(name));
    MultiLayerNetwork network = new MultiLayerNetwork(configuration);
    network.init();
    return network;
  }

  private static String resource(String name) throws IOException, URISyntaxException {
    var resource = KerasExportTest.class.getResource("keras_" + name + ".json");
    return Path.of(resource.toURI()).toString();
  }
}
