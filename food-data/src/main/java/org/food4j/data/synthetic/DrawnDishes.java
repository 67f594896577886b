package org.food4j.data.synthetic;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.food4j.data.manifest.Labels;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Box;
import org.food4j.data.scan.Progress;

/**
 * Draws dishes of ten classes. Every photo depends on the seed, its class and its number alone, so
 * photos may be drawn in any order and by any number of threads.
 *
 * <p>Immutable and thread-safe. Uses Java2D: on a machine with a display, set {@code
 * java.awt.headless=true} to keep it from being opened.
 */
public final class DrawnDishes {
  /** Pixels of the shorter side of every photo. */
  public static final int SHORTER_SIDE = 160;

  private static final List<Dish> MENU =
      List.of(
          new Burger(),
          new Idlis(),
          new Momos(),
          new NoodleBowl(),
          new Pizza(),
          new RiceBowl(),
          new Samosas(),
          new Sandwich(),
          new SpringRolls(),
          new Tart());

  private static final Labels LABELS = Labels.of(MENU.stream().map(Dish::name).toList());

  private final long seed;

  /**
   * Dishes of a seed.
   *
   * @param seed equal seeds draw equal photos
   */
  public DrawnDishes(long seed) {
    this.seed = seed;
  }

  /** The ten classes, in the order of their names. */
  public static Labels labels() {
    return LABELS;
  }

  /**
   * Draws one photo.
   *
   * @param label index of the class in {@link #labels()}
   * @param number which photo of that class, from 0; there is no last one
   * @throws IllegalArgumentException if there is no such class or the number is negative
   */
  public DrawnDish draw(int label, int number) {
    if (label < 0 || label >= MENU.size() || number < 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "There is no photo %d of class %d: classes go from 0 to %d, numbers start at 0",
              number,
              label,
              MENU.size() - 1));
    }
    return draw(MENU.get(label), dice(label, number));
  }

  /** The dice of one photo, always from the first throw. */
  Dice dice(int label, int number) {
    return new Dice(new Dice(new Dice(seed).bits() + label).bits() + number);
  }

  /**
   * Writes the first photos of every class as JPEG files, {@code pizza/pizza-0000.jpg} and so on,
   * on all processors.
   *
   * @param folder made where it is missing; else it has to be empty or written by this method
   *     before, and is then made to hold exactly the new photos
   * @param perClass how many photos each class gets, at least 1
   * @throws IllegalArgumentException if the folder holds anything else, or the number is below 1;
   *     nothing has been written then
   * @throws IOException if writing fails
   */
  public void write(Path folder, int perClass) throws IOException {
    write(folder, perClass, Progress.NONE);
  }

  /**
   * The same, telling how far it has come.
   *
   * @param progress told of each photo
   */
  public void write(Path folder, int perClass, Progress progress) throws IOException {
    new DishFolder(folder).write(this, seed, perClass, progress);
  }

  private static DrawnDish draw(Dish dish, Dice dice) {
    int longer = (int) Math.round(SHORTER_SIDE * dice.between(1, 4 / 3.0));
    boolean portrait = dice.chance(0.3);
    int width = portrait ? SHORTER_SIDE : longer;
    int height = portrait ? longer : SHORTER_SIDE;
    double light = dice.angle();
    Camera camera = aim(dish, width, height, dice);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    Rectangle2D covered;
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      Tabletop.paint(
          new Canvas(graphics, width, height, camera, light, dice.split()), width, height);
      Clutter.strew(new Canvas(graphics, width, height, camera, light, dice.split()));
      Canvas canvas = new Canvas(graphics, width, height, camera, light, dice.split());
      dish.paint(canvas);
      covered = canvas.covered().createIntersection(new Rectangle2D.Double(0, 0, width, height));
    } finally {
      graphics.dispose();
    }
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] rgb = Exposure.develop(pixels, width, height, light, dice.split());
    Box box = new Box(covered.getX(), covered.getY(), covered.getWidth(), covered.getHeight());
    return new DrawnDish(new Photo(width, height, rgb), box);
  }

  /** A camera under which the dish fills a good part of the picture and lies wholly inside. */
  private static Camera aim(Dish dish, int width, int height, Dice dice) {
    double tilt = dice.between(dish.lowestTilt(), dish.highestTilt());
    double turn = dice.angle();
    double roll = dice.gaussian(0.06);
    Rectangle2D unit = new Camera(0, 0, 1, tilt, turn, roll).reach(dish.height());
    double fill = dice.between(0.76, 1.02);
    double scale =
        Math.min(
            Math.min(
                fill * SHORTER_SIDE * 2 / (unit.getWidth() + unit.getHeight()),
                0.96 * width / unit.getWidth()),
            0.96 * height / unit.getHeight());
    double x = place(dice, width, unit.getMinX() * scale, unit.getMaxX() * scale);
    double y = place(dice, height, unit.getMinY() * scale, unit.getMaxY() * scale);
    return new Camera(x, y, scale, tilt, turn, roll);
  }

  /** A place for the origin so that everything from low to high around it stays in the picture. */
  private static double place(Dice dice, int size, double low, double high) {
    double first = 2 - low;
    double last = size - 2 - high;
    double share = (dice.between(0, 1) + dice.between(0, 1)) / 2;
    return first + (last - first) * share;
  }
}
