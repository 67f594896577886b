package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Maps held against those of PyTorch, through SE, batch norm and additions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GradCamReferenceTest {
  private static final double TOLERANCE = 1e-3;

  private FormulaNetwork network;
  private GradCam cam;

  @BeforeAll
  void load(@TempDir Path folder) throws IOException {
    network = FormulaNetwork.make(folder);
    cam = new GradCam(network.graph(), network.size());
  }

  static List<FormulaNetwork.Case> cases() throws IOException {
    return FormulaNetwork.cases();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradCam_ofFormulaWeights_isPyTorchs(FormulaNetwork.Case expected) {
    check(expected, ChannelWeighting.GRAD_CAM);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradCamPlusPlus_ofFormulaWeights_isPyTorchs(FormulaNetwork.Case expected) {
    check(expected, ChannelWeighting.GRAD_CAM_PLUS_PLUS);
  }

  private void check(FormulaNetwork.Case expected, ChannelWeighting weighting) {
    double[] amounts =
        cam.amounts(network.photo(expected.photo()), expected.stage(), expected.label(), weighting);
    double[] theirs = expected.expected(weighting);
    double largest = Arrays.stream(theirs).max().orElseThrow();
    assertThat(amounts).hasSameSizeAs(theirs).containsExactly(theirs, within(TOLERANCE * largest));
  }
}
