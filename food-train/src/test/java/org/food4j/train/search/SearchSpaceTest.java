package org.food4j.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {
  private static SearchSpace space(String... settings) {
    return SearchSpace.parse(List.of(settings));
  }

  private static List<String> values(String setting) {
    return ((Dimension.Choices) Dimension.parse(setting)).values();
  }

  @Test
  void parse_ofCommasInBracketsOrQuotes_keepsThemInTheValue() {
    assertThat(values("milestones=[20, 30],[25,35]")).containsExactly("[20, 30]", "[25,35]");
    assertThat(values("weights='a,b.safetensors', none"))
        .containsExactly("'a,b.safetensors'", "none");
    assertThat(values("weights=it's.safetensors,b")).containsExactly("it's.safetensors", "b");
    assertThat(values("weights=../a..b")).containsExactly("../a..b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"epochs", "=3", "epochs=", "a=1,,2", "a=1,1", "a=[1,2", "a=1]", "a='1", "a=3..3"})
  void parse_ofWhatIsNoSetting_isRefused(String setting) {
    assertThatThrownBy(() -> Dimension.parse(setting)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void grid_isEveryCombination_withoutSeedAndSingleValues() {
    SearchSpace space = space("model=a,b", "epochs=3", "seed=1,2,3", "dropout=0,0.5");

    assertThat(space.grid())
        .containsExactly(
            Map.of("model", "a", "dropout", "0"),
            Map.of("model", "a", "dropout", "0.5"),
            Map.of("model", "b", "dropout", "0"),
            Map.of("model", "b", "dropout", "0.5"));
    assertThat(space.keys()).containsExactly("model", "dropout");
    assertThat(space.seeds()).containsExactly("1", "2", "3");
    assertThat(space.fixed()).containsExactly("epochs=3");
    assertThat(space("seed=7").fixed()).containsExactly("seed=7");
    assertThat(space("seed=7").seeds()).isEmpty();
    assertThat(space().grid()).containsExactly(Map.of());
  }

  @Test
  void grid_ofARange_isRefused() {
    assertThatThrownBy(() -> space("dropout=0..0.5").grid())
        .hasMessageContaining("dropout")
        .hasMessageContaining("--strategy random");
    assertThatThrownBy(() -> space("seed=1..9")).hasMessageContaining("seed=1,2,3");
    assertThatThrownBy(() -> space("a=1", "a=2")).hasMessageContaining("a=v1,v2");
  }

  @Test
  void draw_fromALogarithmicRange_fillsItsDecadesEvenly() {
    List<Double> rates =
        space("learning_rate=1e-4..1e-2").draw(1000, 5).stream()
            .map(values -> Double.valueOf(values.get("learning_rate")))
            .toList();

    assertThat(rates).allMatch(rate -> rate >= 1e-4 && rate <= 1e-2);
    // half of them below the geometric mean: 500 within four standard deviations
    assertThat(rates.stream().filter(rate -> rate < 1e-3).count()).isBetween(437L, 563L);
  }

  @Test
  void draw_fromZero_isEven_andOfWholeNumbersBothEnds() {
    List<Map<String, String>> draws = space("dropout=0.0..0.8", "x=1..3").draw(1000, 5);

    assertThat(draws.stream().filter(v -> Double.parseDouble(v.get("dropout")) < 0.4).count())
        .isBetween(437L, 563L);
    assertThat(draws.stream().map(v -> v.get("x")).distinct())
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void draw_isTheSameForASeed_andEachCombinationOnce() {
    SearchSpace space = space("a=1,2,3", "b=x,y");

    assertThat(space.draw(4, 1)).isEqualTo(space.draw(4, 1)).isNotEqualTo(space.draw(4, 2));
    assertThat(space.draw(6, 1)).doesNotHaveDuplicates();
    assertThatThrownBy(() -> space.draw(7, 1)).hasMessageContaining("only 6 combinations, not 7");
  }
}
