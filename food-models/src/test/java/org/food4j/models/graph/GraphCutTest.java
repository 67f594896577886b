package org.food4j.models.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.Stage;
import org.food4j.models.block.Wiring;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GraphCutTest {
  private static final NetworkSpec SPEC = new NetworkSpec(3, 32);
  private static final Architecture SE_CNN = Architectures.named("se_cnn");

  private final INDArray photos = Nd4j.rand(DataType.FLOAT, 2, 3, 32, 32);
  private final Wiring wiring = SE_CNN.wiring(SPEC);
  private ComputationGraph whole;

  @BeforeEach
  void build() {
    whole = SE_CNN.graph(SPEC, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"se_cnn", "efficientnet_b0", "attention_cnn", "resnet18"})
  void lowerThenUpper_atEveryStage_computeWhatTheWholeDoes(String name) {
    Architecture architecture = Architectures.named(name);
    ComputationGraph graph = architecture.graph(SPEC, 1);
    Wiring stages = architecture.wiring(SPEC);
    INDArray expected = graph.outputSingle(false, photos);
    List<Stage> backbone = stages.backbone();
    List<String> cuts =
        List.of(
            backbone.get(0).output(),
            backbone.get(backbone.size() / 2).output(),
            stages.lastMaps(),
            stages.pooled());
    for (String vertex : cuts) {
      GraphCut cut = new GraphCut(graph, vertex);
      ComputationGraph lower = cut.lower();
      ComputationGraph upper = cut.upper();
      INDArray features = lower.outputSingle(false, photos);
      assertThat(features.rank()).as(vertex).isEqualTo(vertex.equals(stages.pooled()) ? 2 : 4);
      assertThat(bits(upper.outputSingle(false, features))).as(vertex).isEqualTo(bits(expected));
      assertThat(lower.numParams() + upper.numParams()).as(vertex).isEqualTo(graph.numParams());
    }
  }

  @Test
  void cut_behindALayerWithParameters_leavesThemBelow() {
    String first = wiring.backbone().get(0).vertices().get(0);
    long parameters = whole.getVertex(first).numParams();
    assertThat(parameters).isPositive();
    GraphCut cut = new GraphCut(whole, first);
    ComputationGraph lower = cut.lower();
    assertThat(lower.numParams()).isEqualTo(parameters);
    INDArray logits = cut.upper().outputSingle(false, lower.outputSingle(false, photos));
    assertThat(bits(logits)).isEqualTo(bits(whole.outputSingle(false, photos)));
  }

  @Test
  void parts_changed_leaveTheWholeAndEachOtherAsTheyWere() {
    float[] before = bits(whole.params());
    GraphCut cut = new GraphCut(whole, wiring.pooled());
    ComputationGraph upper = cut.upper();
    ComputationGraph other = cut.upper();
    float[] otherBefore = bits(other.params());
    upper.params().assign(7);
    cut.lower().params().assign(7);
    assertThat(bits(whole.params())).isEqualTo(before);
    assertThat(bits(other.params())).isEqualTo(otherBefore);
    // nor does a part hold on to the whole's layer configurations, which DL4J changes
    String logits = SE_CNN.logits();
    assertThat(upper.getLayer(logits).conf().getLayer())
        .isNotSameAs(whole.getLayer(logits).conf().getLayer());
  }

  @Test
  void restore_ofOnePart_writesItsParametersAndNoOthers() {
    GraphCut cut = new GraphCut(whole, wiring.stage("stages.1").output());
    ComputationGraph before = whole.clone();
    ComputationGraph upper = cut.upper();
    upper.params().addi(0.5);
    cut.restore(upper);
    int changed = 0;
    for (GraphVertex vertex : whole.getVertices()) {
      if (vertex.numParams() > 0) {
        String name = vertex.getVertexName();
        GraphVertex trained = upper.getVertex(name);
        boolean above = trained != null && trained.numParams() > 0;
        changed += above ? 1 : 0;
        assertThat(bits(vertex.params()))
            .as(name)
            .isEqualTo(bits(above ? trained.params() : before.getVertex(name).params()));
      }
    }
    assertThat(changed).isPositive();
    INDArray logits = upper.outputSingle(false, cut.lower().outputSingle(false, photos));
    assertThat(bits(whole.outputSingle(false, photos))).isEqualTo(bits(logits));
  }

  @Test
  void cut_behindAnUnknownVertex_isRefused() {
    assertThatThrownBy(() -> new GraphCut(whole, "layer9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no vertex 'layer9'");
    assertThatThrownBy(() -> new GraphCut(whole, Architecture.INPUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no vertex 'input'");
  }

  @Test
  void cut_behindTheOutput_isRefused() {
    assertThatThrownBy(() -> new GraphCut(whole, SE_CNN.logits()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Nothing lies behind vertex '" + SE_CNN.logits() + "'");
  }

  @Test
  void cut_besideAShortcut_isRefusedAndNamesTheWayAround() {
    // the first vertex of a residual block: its shortcut leads around
    String inside = wiring.stage("stages.1").vertices().get(0);
    String shortcut = wiring.stage("stages.0").output();
    assertThatThrownBy(() -> new GraphCut(whole, inside))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'%s' leads around it".formatted(shortcut));
  }

  private static float[] bits(INDArray array) {
    return array.dup('c').data().asFloat();
  }
}
