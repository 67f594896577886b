package org.food4j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.photo.NativePhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.ScaledPhoto;
import org.food4j.data.prepare.DatasetPreparation;
import org.food4j.data.preprocess.Box;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.data.scan.Progress;
import org.food4j.data.synthetic.DrawnDish;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.models.explain.ChannelWeighting;
import org.food4j.models.explain.Explanation;
import org.food4j.models.explain.graph.PhotoExplainer;
import org.food4j.train.loop.Trainer;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network trained on drawn dishes, on dishes that it never saw: what it looks at is the dish. */
@Tag("slow")
class DrawnDishHeatTest {
  private static final int PER_CLASS = 200;
  private static final int PHOTOS = 200;
  private static final NativePhotoDecoder DECODER = new NativePhotoDecoder();

  @TempDir Path folder;

  @Test
  void heat_onNewDishes_liesInsideTheirBoxes() throws IOException {
    DrawnDishes dishes = new DrawnDishes(1);
    dishes.write(folder.resolve("photos"), PER_CLASS);
    DatasetPreparation.of(folder.resolve("photos"), folder.resolve("dataset")).run(Progress.NONE);
    RunDirectory run = train(Dataset.open(folder.resolve("dataset")));
    PhotoExplainer explainer = run.explainer(DECODER);
    double inside = 0;
    double area = 0;
    for (int i = 0; i < PHOTOS; i++) {
      int label = i % DrawnDishes.labels().size();
      int number = PER_CLASS + i / DrawnDishes.labels().size(); // not among those written
      DrawnDish dish = dishes.draw(label, number);
      Box box = seen(dish, run.preprocessing());
      Explanation explanation =
          explainer.explain(
              ScaledPhoto.full(dish.photo()),
              OptionalInt.of(label),
              Optional.empty(),
              ChannelWeighting.GRAD_CAM);
      inside += explanation.heat().shareInside(box) / PHOTOS;
      area +=
          box.width()
              * box.height()
              / explanation.crop().width()
              / explanation.crop().height()
              / PHOTOS;
    }
    // spread evenly, heat would have the boxes' share of the area
    assertThat(area).isLessThan(0.72);
    assertThat(inside).as("share of the heat inside the boxes").isGreaterThan(0.8);
  }

  private RunDirectory train(Dataset dataset) throws IOException {
    Recipe recipe = RecipeFile.read("quickstart", List.of("input_size=160", "epochs=10"));
    Trainer trainer = new Trainer(dataset, recipe, DECODER);
    RunDirectory run =
        RunDirectory.create(folder.resolve("run"), recipe, dataset, trainer.preprocessing());
    trainer.train(run, List.of());
    return run;
  }

  /** A dish's box in the pixels that the network sees: the part of it that is not cut off. */
  private static Box seen(DrawnDish dish, Preprocessing preprocessing) {
    Photo photo = dish.photo();
    int size = preprocessing.inputSize();
    double ratio =
        (double) preprocessing.resizeShorterSide() / Math.min(photo.width(), photo.height());
    double left = (Math.round(photo.width() * ratio) - size) / 2.0;
    double top = (Math.round(photo.height() * ratio) - size) / 2.0;
    double x = Math.max(0, dish.box().x() * ratio - left);
    double y = Math.max(0, dish.box().y() * ratio - top);
    double right = Math.min(size, (dish.box().x() + dish.box().width()) * ratio - left);
    double bottom = Math.min(size, (dish.box().y() + dish.box().height()) * ratio - top);
    return new Box(x, y, right - x, bottom - y);
  }
}
