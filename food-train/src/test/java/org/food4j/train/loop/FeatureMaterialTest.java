package org.food4j.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.food4j.data.batch.EpochOrder;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.data.transform.Augmentation;
import org.food4j.models.architecture.Architecture;
import org.food4j.models.architecture.Architectures;
import org.food4j.models.architecture.NetworkSpec;
import org.food4j.models.graph.GraphCut;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.StripedPhotos;
import org.food4j.train.transfer.CachedFeatures;
import org.food4j.train.transfer.FeatureViews;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FeatureMaterialTest {
  private static final int VIEWS = 3;
  private static final int BATCH = 4;
  private static final Architecture SE_CNN = Architectures.named("se_cnn");

  private Dataset dataset;
  private Recipe recipe;
  private List<ManifestEntry> training;
  private CachedFeatures features;
  private ComputationGraph upper;

  @BeforeAll
  void prepare(@TempDir Path folder) throws Exception {
    dataset = StripedPhotos.prepare(folder);
    recipe = RecipeFile.read("scratch", List.of("batch_size=" + BATCH));
    List<ManifestEntry> originals = dataset.entries(Split.TRAIN).subList(0, 8);
    training = new ArrayList<>(originals);
    training.add(originals.get(5).copy(1));
    training.add(originals.get(5).copy(2));
    NetworkSpec spec = new NetworkSpec(3, 32);
    GraphCut cut = new GraphCut(SE_CNN.graph(spec, 1), SE_CNN.wiring(spec).pooled());
    upper = cut.upper();
    features =
        CachedFeatures.of(
            folder.resolve("features.safetensors"),
            cut.lower(),
            dataset,
            training,
            new FeatureViews(Preprocessing.imagenet(32), Augmentation.STANDARD, VIEWS, 1),
            new NativePhotoDecoder(),
            Progress.NONE);
  }

  private FeatureMaterial material() {
    return new FeatureMaterial(
        upper, features, dataset.labels(), training, training.subList(0, 8), recipe);
  }

  @Test
  void epoch_ofMaterial_givesWholeBatchesOfItsViewsInTheReadersOrder() {
    try (FeatureMaterial material = material()) {
      for (int epoch = 0; epoch < 4; epoch++) {
        material.startEpoch(epoch);
        List<ManifestEntry> order = EpochOrder.SHUFFLED.of(training, recipe.seed(), epoch);
        int taken = 0;
        while (material.hasNext()) {
          DataSet batch = material.next();
          assertThat(batch.getFeatures().shape()).containsExactly(BATCH, features.length());
          for (int i = 0; i < BATCH; i++) {
            ManifestEntry photo = order.get(taken++);
            assertThat(row(batch.getFeatures(), i)).isEqualTo(values(photo, epoch + ahead(photo)));
            assertThat(batch.getLabels().getRow(i).argMax().getInt(0)).isEqualTo(photo.label());
            assertThat(batch.getLabels().getRow(i).sumNumber().doubleValue()).isEqualTo(1);
          }
        }
        assertThat(taken).isEqualTo(8); // ten photos are two batches of four
        assertThatThrownBy(material::next).isInstanceOf(NoSuchElementException.class);
      }
    }
  }

  private static int ahead(ManifestEntry photo) {
    return photo.isCopy() ? (photo.id().endsWith("-1") ? 1 : 2) : 0;
  }

  private float[] values(ManifestEntry photo, int view) {
    float[] values = new float[features.length()];
    features.copy(photo, view, values, 0);
    return values;
  }

  private static float[] row(INDArray rows, int index) {
    return rows.getRow(index).dup('c').data().asFloat();
  }

  @Test
  void validation_inAnyEpoch_seesPhotosAsEvaluated() {
    try (FeatureMaterial material = material()) {
      float[] first = material.validate(Progress.NONE).logits();
      material.startEpoch(2);
      assertThat(material.validate(Progress.NONE).logits()).isEqualTo(first);
      assertThat(first).hasSize(8 * 3);
    }
  }

  @Test
  void featureFile_ofNobodys_goesWhenClosed(@TempDir Path folder) throws Exception {
    Path path;
    try (FeatureFile file = FeatureFile.of(Optional.empty())) {
      path = file.path();
      Files.writeString(path, "features");
    }
    assertThat(path.getParent()).doesNotExist();
    FeatureFile.of(Optional.empty()).close(); // nothing written

    Path own = Files.writeString(folder.resolve("own"), "features");
    FeatureFile.of(Optional.of(own)).close();
    assertThat(own).exists();
  }
}
