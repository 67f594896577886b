package org.food4j.models.explain.graph;

import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.food4j.models.explain.ChannelWeighting;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps held against those of PyTorch, through SE, batch norm, additions and depthwise kernels. */
class GradCamReferenceTest {
  /** Of the map's maximum: rounding stays below 2e-5. */
  private static final double TOLERANCE = 1e-4;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "efficientnet_b0"})
  void maps_ofFormulaWeights_arePyTorchs(String name) throws IOException {
    FormulaNetwork network = FormulaNetwork.make(name, folder);
    GradCam cam = new GradCam(network.graph(), network.size());
    SoftAssertions all = new SoftAssertions();
    for (FormulaNetwork.Case each : FormulaNetwork.cases(name)) {
      for (ChannelWeighting weighting : ChannelWeighting.values()) {
        double[] amounts =
            cam.amounts(
                network.photo(each.photo()),
                cam.vertex(Optional.of(each.stage())),
                each.label(),
                weighting);
        double[] expected = each.expected(weighting);
        double largest = Arrays.stream(expected).max().orElseThrow();
        all.assertThat(amounts)
            .as("%s by %s", each, weighting)
            .containsExactly(expected, within(TOLERANCE * largest));
      }
    }
    all.assertAll();
  }
}
