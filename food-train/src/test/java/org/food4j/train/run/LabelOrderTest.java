package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.Label;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.manifest.ManifestEntry;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.scan.Progress;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.loop.Trainer;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A class's name is what counts, on the whole way from folders to answers: their order in a
 * directory, in the alphabet and in the model are three different ones here.
 */
class LabelOrderTest {
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  /** Neither the alphabet's order nor its reverse. */
  private static final String ORDER =
      """
      name,index
      down,0
      across,1
      dots,2
      """;

  @TempDir Path folder;

  @Test
  void answers_ofEveryForm_nameTheFolderThatAPhotoLiesIn() throws Exception {
    Path labels = folder.resolve("labels.csv");
    Files.writeString(labels, ORDER);
    Dataset prepared = StripedPhotos.prepare(folder, LabelFile.read(labels));
    assertThat(prepared.labels()).extracting(Label::name).containsExactly("down", "across", "dots");
    Dataset dataset = shuffled(prepared);
    Recipe recipe =
        RecipeFile.read(
            "scratch",
            List.of(
                "input_size=32",
                "epochs=8",
                "batch_size=8",
                "augmentation=none",
                "warm_up_epochs=1"));
    Trainer trainer = new Trainer(dataset, recipe, DECODER);
    RunDirectory run =
        RunDirectory.create(folder.resolve("run"), recipe, dataset, trainer.preprocessing());
    trainer.train(run, List.of());
    Path onnx = folder.resolve("model.onnx");
    RunExport.write(run, onnx);

    List<ManifestEntry> photos = new ArrayList<>(dataset.entries(Split.VALIDATION));
    photos.addAll(dataset.entries(Split.TEST));
    Map<String, String> byRun = answers(run.path(), dataset, photos);
    assertThat(answers(onnx, dataset, photos)).isEqualTo(byRun);
    Collections.reverse(photos); // no answer may depend on its neighbours
    assertThat(answers(onnx, dataset, photos)).isEqualTo(byRun);
    try (PhotoClassifier classifier = PhotoClassifier.open(onnx, DECODER)) {
      for (ManifestEntry photo : photos) {
        assertThat(classifier.classify(dataset.photo(photo), 1).get(0).label().name())
            .as(photo.path())
            .isEqualTo(byRun.get(photo.path()));
      }
    }
    assertThat(photos)
        .filteredOn(photo -> photo.path().startsWith(byRun.get(photo.path()) + "/"))
        .as("of %s photos; mixed-up labels would leave a third", photos.size())
        .hasSizeGreaterThan(photos.size() * 2 / 3);
  }

  private static Dataset shuffled(Dataset dataset) {
    List<ManifestEntry> entries = new ArrayList<>(dataset.entries());
    Collections.shuffle(entries, new Random(11));
    return new Dataset(
        dataset.directory(), dataset.photoRoot(), dataset.labels(), entries, dataset.fingerprint());
  }

  /** The first answer's name for each photo's path. */
  private static Map<String, String> answers(
      Path model, Dataset dataset, List<ManifestEntry> photos) throws Exception {
    Map<String, String> answers = new LinkedHashMap<>();
    try (TrainedModel opened = TrainedModel.open(model)) {
      Scores scores = opened.score(dataset, photos, DECODER, Progress.NONE);
      for (int i = 0; i < photos.size(); i++) {
        answers.put(photos.get(i).path(), scores.labels().get(scores.best(i)).name());
      }
    }
    return answers;
  }
}
