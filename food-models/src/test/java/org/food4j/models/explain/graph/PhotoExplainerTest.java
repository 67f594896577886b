package org.food4j.models.explain.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.graph.GraphClassifier;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.onnx.ModelCard;
import org.junit.jupiter.api.Test;

class PhotoExplainerTest {
  private static final Labels LABELS = Labels.of(List.of("pizza", "tart", "burger"));
  private static final ModelCard CARD = ModelCard.of(LABELS, Preprocessing.imagenet(64));

  private final ComputationGraph graph =
      Architectures.named("se_cnn").graph(new NetworkSpec(3, 64), 4);
  private final PhotoExplainer explainer =
      new PhotoExplainer(graph, CARD, new ImageIoPhotoDecoder());
  private final ScaledPhoto photo = ScaledPhoto.full(new DrawnDishes(1).draw(4, 0).photo());

  @Test
  void explanation_withoutAClass_isOfTheClassifiersAnswer() {
    PhotoClassifier classifier =
        new PhotoClassifier(new GraphClassifier(graph, 64), CARD, new ImageIoPhotoDecoder());
    Explanation explanation =
        explainer.explain(photo, OptionalInt.empty(), Optional.empty(), ChannelWeighting.GRAD_CAM);
    assertThat(explanation.answers()).isEqualTo(classifier.classify(photo, 3));
    assertThat(explanation.prediction()).isEqualTo(explanation.answers().get(0));
    assertThat(explanation.vertex()).isEqualTo("stages.3.add");
    assertThat(explanation.cells().width()).isEqualTo(2);
    assertThat(explanation.heat().width()).isEqualTo(64);
    assertThat(explanation.crop().rgb()).isEqualTo(explainer.crop(photo).rgb());
  }

  @Test
  void explanation_ofAnotherClass_isOfThatOne() {
    Explanation explanation =
        explainer.explain(
            photo, OptionalInt.of(2), Optional.of("stages.0"), ChannelWeighting.GRAD_CAM_PLUS_PLUS);
    assertThat(explanation.explained().name()).isEqualTo("burger");
    assertThat(explanation.cells().height()).isEqualTo(16);
    assertThat(explanation.weighting()).isEqualTo(ChannelWeighting.GRAD_CAM_PLUS_PLUS);
  }

  @Test
  void card_ofAnotherNetwork_isRefused() {
    ModelCard other = ModelCard.of(Labels.of(List.of("pizza", "tart")), CARD.preprocessing());
    assertThatThrownBy(() -> new PhotoExplainer(graph, other, new ImageIoPhotoDecoder()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 classes");
  }
}
