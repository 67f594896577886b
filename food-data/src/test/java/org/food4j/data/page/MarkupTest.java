package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MarkupTest {
  private static final String NASTY = "<b>&\"' \u00e9 \uD83C\uDF55";

  @Test
  void text_withMarkupInIt_comesBackAsText() throws Exception {
    Markup markup = Markup.element("p").with("title", NASTY).add(NASTY);

    assertThat(markup.toString()).doesNotContain("<b>");
    ParsedMarkup parsed = ParsedMarkup.of(markup);
    assertThat(parsed.texts("p")).containsExactly(NASTY);
    assertThat(parsed.attributes("p", "title")).containsExactly(NASTY);
    assertThat(parsed.elements("b")).isEmpty();
  }

  @Test
  void text_withWhatNoXmlMayHold_showsTheReplacementCharacter() throws Exception {
    Markup markup = Markup.paragraph("a\u0000b\u001bc\uD83Cd\uDF55e\uFFFEf");

    assertThat(ParsedMarkup.of(markup).texts("p"))
        .containsExactly("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf");
  }

  @Test
  void number_ofManyDigits_isWrittenToAHundredth() {
    assertThat(Markup.element("g").with("x", 1 / 3.0).with("y", -0.001).with("z", 100).toString())
        .isEqualTo("<g x=\"0.33\" y=\"0\" z=\"100\"></g>");
  }

  @Test
  void add_leavesTheOriginalAsItWas() {
    Markup empty = Markup.element("ul");
    Markup one = empty.add(Markup.element("li"));

    assertThat(empty.toString()).isEqualTo("<ul></ul>");
    assertThat(one.toString()).isEqualTo("<ul><li></li></ul>");
  }

  @Test
  void names_fromData_areRefused() {
    assertThatThrownBy(() -> Markup.element("p onclick=x")).hasMessageContaining("p onclick=x");
    assertThatThrownBy(() -> Markup.element("p").with("a>", "x")).hasMessageContaining("a>");
  }

  @Test
  void position_thatIsNoNumber_isRefused() {
    assertThatThrownBy(() -> Markup.element("rect").with("x", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
