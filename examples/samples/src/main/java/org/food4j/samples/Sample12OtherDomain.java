package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.manifest.LabelFile;
import org.food4j.data.manifest.Split;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.scan.Progress;
import org.food4j.data.split.Balance;
import org.food4j.data.split.SplitTargets;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.onnx.OnnxModelFile;
import org.food4j.train.evaluate.CalibrationFit;
import org.food4j.train.evaluate.Scores;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunExport;
import org.food4j.train.run.TrainedModel;

/**
 * 12: another domain. Diseases of leaves, of which health is the most frequent: labels that carry
 * what a program needs to know, a loss that weighs the classes, and an answer for what is none of
 * them.
 */
public final class Sample12OtherDomain {
  private static final String LABELS =
      """
      name,display_name,index,latin,treatment
      healthy,Healthy leaf,0,,
      late_blight,Late blight,1,Phytophthora infestans,copper
      leaf_rust,Leaf rust,2,Puccinia triticina,fungicide
      """;

  private Sample12OtherDomain() {}

  /**
   * @param arguments a folder and settings, or nothing
   */
  public static void main(String[] arguments) throws IOException {
    SampleFolder folder = SampleFolder.of(arguments);
    Dataset leaves = leaves(folder);
    Path model = train(folder, folder.next("leaves"));
    Path leaf = leaves.photo(leaves.entries(Split.TEST).get(0));
    try (PhotoClassifier classifier = PhotoClassifier.open(model, new NativePhotoDecoder())) {
      for (Path photo : List.of(leaf, folder.unseenPhoto())) {
        Answer answer = classifier.answer(photo, 1);
        System.out.printf(
            "%s: %s, %.1f %%%s%n",
            photo.getFileName(),
            answer.best().label().displayName(),
            100 * answer.best().probability(),
            answer.noneOfThese()
                ? ", which is not sure enough: none of these"
                : ", treatment " + answer.best().label().metadata().get("treatment"));
      }
    }
  }

  /** The data set of drawn leaves. */
  public static Dataset leaves(SampleFolder folder) throws IOException {
    Path out = folder.path().resolve("leaf-dataset");
    if (Dataset.isOne(out)) {
      return Dataset.open(out);
    }
    Path photos = DrawnLeaves.write(folder.path().resolve("leaf-photos"), 1);
    Path labels = Files.writeString(folder.path().resolve("leaves.csv"), LABELS);
    // region: labels with metadata
    // Every photo is kept, none repeated: the rare classes are the loss's business.
    SplitTargets all = new SplitTargets(60, 25, 15, Balance.EVERY_PHOTO);
    DatasetPreparation.of(photos, out)
        .withTargets(all)
        .withLabels(LabelFile.read(labels))
        .run(Progress.NONE);
    // end region
    return Dataset.open(out);
  }

  /** Trains, and writes a model that knows when it does not know. */
  public static Path train(SampleFolder folder, Path out) throws IOException {
    // region: class weights and a threshold
    // A photo of a class counts by one over the class's number of photos.
    Recipe recipe =
        folder.recipe(
            "quickstart", "input_size=48", "epochs=12", "batch_size=16", "class_weights=inverse");
    Dataset leaves = leaves(folder);
    RunDirectory run = Sample03Train.train(leaves, recipe, out.resolve("run"), List.of());
    Path onnx = out.resolve("leaves.onnx");
    RunExport.write(run, onnx);
    // Answers below the threshold are "none of these": chosen on validation photos so that, with 95
    // % confidence, four in five of the others are right. It travels in the file.
    try (TrainedModel model = TrainedModel.open(onnx)) {
      Scores validation =
          model.score(
              leaves, leaves.entries(Split.VALIDATION), new NativePhotoDecoder(), Progress.NONE);
      CalibrationFit fit = CalibrationFit.of(validation, "validation", 0.8);
      OnnxModelFile.write(onnx, OnnxModelFile.readModel(onnx), fit.applyTo(model.card()));
    }
    // end region
    return onnx;
  }
}
