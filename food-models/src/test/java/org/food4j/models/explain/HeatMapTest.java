package org.food4j.models.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.food4j.data.preprocess.Box;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final HeatMap SQUARE = new HeatMap(2, 2, new float[] {1, 0, 0.5f, 0.5f});

  @Test
  void relative_ofAmounts_dividesByTheLargest() {
    assertThat(HeatMap.relative(1, 3, new double[] {4, 0, 1}).values())
        .containsExactly(1, 0, 0.25f);
    assertThat(HeatMap.relative(1, 2, new double[] {0, 0}).isCold()).isTrue();
  }

  @Test
  void resized_toTwiceTheSize_isPyTorchs() {
    // torch.nn.functional.interpolate(t, size=(4, 4), mode="bilinear", align_corners=False)
    assertThat(SQUARE.resized(4, 4).values())
        .containsExactly(
            new float[] {
              1, 0.75f, 0.25f, 0, //
              0.875f, 0.6875f, 0.3125f, 0.125f, //
              0.625f, 0.5625f, 0.4375f, 0.375f, //
              0.5f, 0.5f, 0.5f, 0.5f
            },
            within(1e-6f));
    assertThat(SQUARE.resized(2, 2).values()).containsExactly(SQUARE.values());
  }

  @Test
  void laidOver_cellsAtPixels0And4_isLinearBetweenThem() {
    HeatMap row = new HeatMap(1, 2, new float[] {1, 0});
    assertThat(row.laidOver(new CellCentres(0, 4, 0, 4), 1, 6).values())
        .containsExactly(1, 0.75f, 0.5f, 0.25f, 0, 0);
  }

  @Test
  void shareInside_aBoxThroughCells_countsThemInPart() {
    assertThat(SQUARE.shareInside(new Box(0, 0, 1, 1))).isEqualTo(0.5);
    assertThat(SQUARE.shareInside(new Box(0, 0, 0.5, 2))).isEqualTo(0.375);
    assertThat(SQUARE.shareInside(new Box(-9, -9, 99, 99))).isEqualTo(1);
  }

  @Test
  void shareInside_ofAColdMap_isRefused() {
    assertThatThrownBy(() -> new HeatMap(1, 1, new float[1]).shareInside(new Box(0, 0, 1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no heat");
  }

  @Test
  void values_outsideTheirRange_areRefused() {
    assertThatThrownBy(() -> new HeatMap(1, 1, new float[] {1.5f})).hasMessageContaining("1.5");
    assertThatThrownBy(() -> new HeatMap(1, 1, new float[] {Float.NaN}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new HeatMap(2, 3, new float[5])).hasMessageContaining("2 x 3");
  }
}
