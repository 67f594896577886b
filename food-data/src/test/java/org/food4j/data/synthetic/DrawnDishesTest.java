package org.food4j.data.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.food4j.data.manifest.Label;
import org.food4j.data.photo.Photo;
import org.food4j.data.preprocess.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawnDishesTest {
  private static final int CLASSES = DrawnDishes.labels().size();

  static IntStream classes() {
    return IntStream.range(0, CLASSES);
  }

  @Test
  void labels_namesAreFolderNamesInOrder() {
    List<String> names = DrawnDishes.labels().asList().stream().map(Label::name).toList();
    assertThat(names).hasSizeGreaterThanOrEqualTo(8).isSorted().allMatch(n -> n.matches("[a-z_]+"));
  }

  @ParameterizedTest
  @MethodSource("classes")
  void draw_anyClass_dishLiesInsideAndFillsThePhoto(int label) {
    DrawnDishes dishes = new DrawnDishes(1);
    for (int number = 0; number < 15; number++) {
      DrawnDish dish = dishes.draw(label, number);
      Photo photo = dish.photo();
      Box box = dish.box();
      String what = "photo " + number;
      assertThat(Math.min(photo.width(), photo.height())).as(what).isEqualTo(160);
      assertThat(Math.max(photo.width(), photo.height())).as(what).isBetween(160, 213);
      assertThat(box.x()).as(what).isNotNegative();
      assertThat(box.y()).as(what).isNotNegative();
      assertThat(box.x() + box.width()).as(what).isLessThanOrEqualTo(photo.width());
      assertThat(box.y() + box.height()).as(what).isLessThanOrEqualTo(photo.height());
      assertThat(Math.max(box.width(), box.height())).as(what).isGreaterThan(0.5 * 160);
      assertThat(Math.min(box.width(), box.height())).as(what).isGreaterThan(0.2 * 160);
    }
  }

  @ParameterizedTest
  @MethodSource("classes")
  void draw_sameSeed_samePhoto(int label) {
    DrawnDish first = new DrawnDishes(7).draw(label, 3);
    DrawnDish second = new DrawnDishes(7).draw(label, 3);
    assertThat(second.photo().rgb()).isEqualTo(first.photo().rgb());
    assertThat(second.box()).isEqualTo(first.box());
  }

  @Test
  void draw_otherSeedOrNumberOrClass_otherPhoto() {
    byte[] photo = new DrawnDishes(7).draw(2, 3).photo().rgb();
    assertThat(new DrawnDishes(8).draw(2, 3).photo().rgb()).isNotEqualTo(photo);
    assertThat(new DrawnDishes(7).draw(2, 4).photo().rgb()).isNotEqualTo(photo);
    assertThat(new DrawnDishes(7).draw(3, 3).photo().rgb()).isNotEqualTo(photo);
  }

  @Test
  void draw_onSeveralThreads_samePhotos() {
    DrawnDishes dishes = new DrawnDishes(5);
    List<byte[]> parallel =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> dishes.draw(i % CLASSES, i).photo().rgb())
            .toList();
    for (int i = 0; i < 40; i++) {
      assertThat(dishes.draw(i % CLASSES, i).photo().rgb()).isEqualTo(parallel.get(i));
    }
  }

  @Test
  void draw_noSuchClassOrNumber_isRefused() {
    DrawnDishes dishes = new DrawnDishes(1);
    assertThatThrownBy(() -> dishes.draw(CLASSES, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class " + CLASSES)
        .hasMessageContaining("0 to " + (CLASSES - 1));
    assertThatThrownBy(() -> dishes.draw(-1, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> dishes.draw(0, -1)).isInstanceOf(IllegalArgumentException.class);
  }
}
