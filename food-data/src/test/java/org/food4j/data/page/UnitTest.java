package org.food4j.data.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitTest {
  private final Locale before = Locale.getDefault();

  @BeforeEach
  void useALocaleWithDecimalCommas() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restoreTheLocale() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMBER|0|0",
        "NUMBER|1.4159|1.42",
        "NUMBER|0.031|0.0310",
        "NUMBER|0.00003|3.0e-5",
        "NUMBER|1520.4|1,520",
        "NUMBER|NaN|NaN",
        "PERCENT|0.4119|41.2 %",
        "PERCENT|1|100 %",
        "MILLISECONDS|6.3|6.30 ms",
        "COUNT|2482990|2,482,990",
        "BYTES|999|999 bytes",
        "BYTES|9965000|9.97 MB",
        "BYTES|1500000000|1.50 GB",
      })
  void text_followsTheUnitAndNoLocale(Unit unit, double value, String expected) {
    assertThat(unit.text(value).replace('\u00a0', ' ')).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NUMBER|1.5|0.5|1.5",
        "NUMBER|2|1|2",
        "NUMBER|0.0004|0.0002|0.0004",
        "NUMBER|0.00004|0.00002|4e-5",
        "PERCENT|0.3|0.1|30 %",
        "PERCENT|0.305|0.005|30.5 %",
        "MILLISECONDS|0|10|0 ms",
      })
  void tick_hasTheDigitsThatTheStepNeeds(Unit unit, double value, double step, String expected) {
    assertThat(unit.tick(value, step).replace('\u00a0', ' ')).isEqualTo(expected);
  }

  @Test
  void text_keepsNumberAndUnitOnOneLine() {
    assertThat(Unit.PERCENT.text(0.5)).doesNotContain(" ");
  }
}
