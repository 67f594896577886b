package org.food4j.models.explain.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.FormulaWeights;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.weights.NpyArray;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.WeightImport;
import org.food4j.models.weights.WeightImportOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A network with formula weights and two photos, as {@code formula_cams.py} has them.
 *
 * @param photos {@code [2, 3, size, size]}
 */
record FormulaNetwork(ComputationGraph graph, INDArray photos, int size) {
  /** A map that PyTorch computed. */
  @SuppressWarnings("ArrayRecordComponent")
  record Case(
      int size,
      String stage,
      int photo,
      int label,
      @JsonProperty double[][] gradCam,
      @JsonProperty double[][] gradCamPlusPlus) {
    double[] expected(ChannelWeighting weighting) {
      double[][] rows = weighting == ChannelWeighting.GRAD_CAM ? gradCam : gradCamPlusPlus;
      return Stream.of(rows).flatMapToDouble(java.util.Arrays::stream).toArray();
    }

    @Override
    public String toString() {
      return "%s, photo %d, class %d".formatted(stage, photo, label);
    }
  }

  static List<Case> cases(String network) throws IOException {
    try (InputStream json = FormulaNetwork.class.getResourceAsStream(network + "_cams.json")) {
      return JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build()
          .readValue(json, new TypeReference<List<Case>>() {});
    }
  }

  /**
   * The network for photos of 71 pixels.
   *
   * @param folder for its files
   */
  static FormulaNetwork make(String network, Path folder) throws IOException {
    FormulaWeights fixture = FormulaWeights.of(network);
    FormulaWeights.Case photos = fixture.cases().get(1);
    fixture.write(folder.resolve("weights.safetensors"));
    photos.write(folder);
    ComputationGraph graph =
        Architectures.named(network).graph(new NetworkSpec(fixture.classes(), photos.size()), 1);
    new WeightImport(WeightImportOptions.STRICT)
        .load(Safetensors.open(folder.resolve("weights.safetensors")), graph);
    NpyArray input = NpyArray.read(folder.resolve("input.npy"));
    return new FormulaNetwork(
        graph, Nd4j.create(input.values(), input.shape(), 'c'), photos.size());
  }

  INDArray photo(int index) {
    return photos.get(NDArrayIndex.interval(index, index + 1)).dup('c');
  }
}
