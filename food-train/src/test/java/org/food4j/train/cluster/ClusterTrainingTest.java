package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.block.Wiring;
import org.food4j.models.weights.WeightsCard;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.StripedPhotos;
import org.food4j.train.transfer.StartingNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of a training on its way to a worker. */
class ClusterTrainingTest {
  @TempDir private static Path folder;
  private static Dataset dataset;

  @BeforeAll
  static void prepare() throws Exception {
    dataset = StripedPhotos.prepare(folder);
  }

  private static ClusterTraining sent(Recipe recipe, WeightsCard weights) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new ClusterTraining(dataset, recipe, "/photos", weights));
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (ClusterTraining) in.readObject();
    }
  }

  /** Whose file says none of this: the catalogue does, which workers do not ask. */
  @Test
  void worker_ofPublicWeights_buildsAndFeedsTheNetworkThatTheDriverJudges() throws Exception {
    Recipe recipe =
        RecipeFile.read(
            "scratch",
            List.of("model=efficientnet_b0", "input_size=64", "weights=efficientnet_b0.ra_in1k"));
    WeightsCard card =
        WeightsCard.builder()
            .architecture("efficientnet_b0")
            .padding(PaddingRule.SAME)
            .batchNormEps(0.0017)
            .mean(List.of(0.5f, 0.4f, 0.3f))
            .std(List.of(0.25f, 0.2f, 0.1f))
            .interpolation(Interpolation.BICUBIC)
            .cropFraction(0.95)
            .build();
    ClusterTraining sent = sent(recipe, card);
    StartingNetwork worker = StartingNetwork.withoutWeights(sent.recipe(), 3, sent.weights());

    assertThat(sent.recipe()).isEqualTo(recipe);
    assertThat(worker.spec()).isEqualTo(card.completed(recipe.spec(3), "efficientnet_b0"));
    assertThat(worker.spec().padding()).isEqualTo(PaddingRule.SAME);
    assertThat(worker.spec().batchNormEps()).hasValue(0.0017);
    assertThat(worker.preprocessing()).isEqualTo(card.preprocessing(64));
    assertThat(worker.preprocessing().interpolation()).isEqualTo(Interpolation.BICUBIC);
    assertThatThrownBy(worker::provenance)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("efficientnet_b0.ra_in1k are not here");
  }

  /** Not a record: what arrives is not equal to what was sent. */
  static class Registered implements Architecture {
    @Override
    public String name() {
      return "in_this_process_alone";
    }

    @Override
    public int inputSize() {
      return 32;
    }

    @Override
    public String paper() {
      return "ours";
    }

    @Override
    public String logits() {
      return "fc";
    }

    @Override
    public Wiring wire(GraphBuilder graph, NetworkSpec spec) {
      throw new UnsupportedOperationException();
    }
  }

  private static final class Sent extends Registered implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return "sent_to_workers";
    }
  }

  @Test
  void networkOfTheProgram_thatIsSerializable_isSent() throws Exception {
    Architectures.register(new Sent());
    ClusterTraining sent =
        sent(RecipeFile.read("scratch", List.of("model=sent_to_workers")), WeightsCard.EMPTY);
    sent.register(); // in local mode it is there already

    assertThat(sent.registered()).singleElement().isInstanceOf(Sent.class);
  }

  @Test
  void networkOfTheProgram_thatCannotBeSent_isRefused() throws Exception {
    Architectures.register(new Registered());
    Recipe recipe = RecipeFile.read("scratch", List.of("model=in_this_process_alone"));

    assertThatThrownBy(() -> sent(recipe, WeightsCard.EMPTY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in_this_process_alone is registered in this process alone")
        .hasMessageContaining("java.io.Serializable");
  }
}
