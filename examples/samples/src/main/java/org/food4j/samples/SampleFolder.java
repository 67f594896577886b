package org.food4j.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.food4j.data.manifest.Dataset;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.train.recipe.Recipe;
import org.food4j.train.recipe.RecipeFile;
import org.food4j.train.run.RunDirectory;
import org.food4j.train.run.RunExport;

/**
 * What samples work on, in one folder. Each part is made when it is first asked for, by the sample
 * that shows how; what is there already is used.
 *
 * @param path the folder
 * @param settings of recipes, {@code epochs=2} for example, over those of the samples
 */
public record SampleFolder(Path path, List<String> settings) {
  /** Enough to learn from in seconds. */
  private static final int DRAWN_PER_CLASS = 50;

  /**
   * The folder that is named, or a new temporary one; says where it is.
   *
   * @param arguments at most one folder, and settings
   * @throws IllegalArgumentException if there are two folders
   */
  static SampleFolder of(String... arguments) throws IOException {
    List<String> settings = new ArrayList<>();
    List<String> folders = new ArrayList<>();
    for (String argument : arguments) {
      (isSetting(argument) ? settings : folders).add(argument);
    }
    if (folders.size() > 1) {
      throw new IllegalArgumentException(
          "A sample takes one folder, and settings such as epochs=2, not the folders " + folders);
    }
    Path path =
        folders.isEmpty()
            ? Files.createTempDirectory("food4j-sample-")
            : Files.createDirectories(Path.of(folders.get(0)));
    System.out.println("Working in " + path.toAbsolutePath());
    return new SampleFolder(path, List.copyOf(settings));
  }

  static boolean isSetting(String argument) {
    return argument.matches("[a-z_]+=.*");
  }

  /** A recipe of the library with a sample's own settings, and the reader's over them. */
  public Recipe recipe(String name, String... own) throws IOException {
    List<String> all = new ArrayList<>(List.of(own));
    all.addAll(settings);
    return RecipeFile.read(name, all);
  }

  /**
   * A place in it where nothing is yet: a sample that runs again leaves what it made before, and
   * goes to {@code run-2}, {@code run-3} and so on.
   */
  public Path next(String name) {
    Path place = path.resolve(name);
    for (int number = 2; Files.exists(place); number++) {
      place = path.resolve(name + "-" + number);
    }
    return place;
  }

  /** A folder per class: the reader's own, or drawn dishes of ten classes. */
  public Path photos() throws IOException {
    Path photos = path.resolve("photos");
    if (!Files.exists(photos)) {
      new DrawnDishes(1).write(photos, DRAWN_PER_CLASS);
      spoil(photos);
    }
    return photos;
  }

  /** Folders of photos are never clean: what is wrong with most of them, once each. */
  private static void spoil(Path photos) throws IOException {
    byte[] pizza = Files.readAllBytes(photos.resolve("pizza/pizza-0000.jpg"));
    Files.write(photos.resolve("pizza/broken-download.jpg"), List.of("<html>404</html>"));
    Files.write(photos.resolve("pizza/copy of pizza.jpg"), pizza);
    Path burger = photos.resolve("burger/burger-0000.jpg");
    Files.copy(burger, photos.resolve("sandwich/or a sandwich.jpg"));
  }

  /** A data set of the photos. */
  public Dataset dataset() throws IOException {
    Path dataset = path.resolve("dataset");
    return Dataset.isOne(dataset)
        ? Dataset.open(dataset)
        : Sample02PrepareDataset.prepare(photos(), dataset);
  }

  /** A network trained on the data set. */
  public RunDirectory run() throws IOException {
    Path run = path.resolve("run");
    return RunDirectory.isRun(run)
        ? RunDirectory.open(run)
        : Sample03Train.train(dataset(), Sample03Train.smallRecipe(this), run, List.of());
  }

  /** The trained network as an ONNX file. */
  public Path model() throws IOException {
    Path model = path.resolve("model.onnx");
    if (!Files.exists(model)) {
      RunExport.write(run(), model);
    }
    return model;
  }

  /** A photo that the network was not trained on. */
  public Path unseenPhoto() throws IOException {
    Dataset dataset = dataset();
    return dataset.photo(dataset.entries(dataset.heldOut()).get(0));
  }
}
