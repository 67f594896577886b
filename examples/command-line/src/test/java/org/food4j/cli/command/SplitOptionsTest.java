package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.food4j.data.split.Balance;
import org.food4j.data.split.SplitTargets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SplitOptionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|150,30,20,COPIES",
        "--per-class 100|75,15,10,COPIES",
        "--per-class 7|5,1,1,COPIES",
        "--ratio 80:10:10|160,20,20,COPIES",
        "--ratio 8:2:0 --per-class 50|40,10,0,COPIES",
        "--ratio 1:1:1 --per-class 50|17,17,16,COPIES",
        "--train 80 --validation 10 --test 10|80,10,10,COPIES",
        "--test 0|150,30,0,COPIES",
        "--per-class 100 --train 80 --validation 10 --test 10|80,10,10,COPIES",
        "--per-class 2 --train 1 --validation 1 --test 0|1,1,0,COPIES",
        "--balance none|150,30,20,NONE",
        "--balance copies|150,30,20,COPIES",
        "--per-class all|75,15,10,EVERY_PHOTO",
        "--per-class all --balance none --ratio 6:2:2|6,2,2,EVERY_PHOTO",
      })
  void targets_ofOptions_areWhatTheySayTogether(String options, String expected) {
    SplitTargets targets = parse(options).targets();
    String[] fields = expected.split(",");
    assertThat(targets)
        .isEqualTo(
            new SplitTargets(
                Integer.parseInt(fields[0]),
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                Balance.valueOf(fields[3])));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--per-class some|--per-class is a number of photos or all, not 'some'",
        "--per-class 2|Photos per class are at least 3, one for each part, not 2",
        "--per-class 50 --train 30|photos, not the 50 of --per-class",
        "--per-class all --train 30|give their proportion with --ratio",
        "--per-class all --balance copies|leave one of them out",
        "--ratio 8:1:1 --train 30|leave one of them out",
        "--ratio 80:20|three whole numbers, training:validation:test as in 75:15:10, not '80:20'",
        "--ratio 0.8:0.1:0.1|three whole numbers",
        "--ratio 0:0:0|at least 1 in all",
        "--ratio -8:1:1|three whole numbers",
        "--balance weights|--balance is copies or none, not 'weights'",
        "--per-class all --balance weights|--balance is copies or none, not 'weights'",
        "--train -1|at least 0 for each part",
      })
  void targets_ofContradictions_areWrongUsage(String options, String message) {
    SplitOptions parsed = parse(options);
    assertThatThrownBy(parsed::targets)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(message);
  }

  @Test
  void seed_notGiven_isTheDefault() {
    assertThat(parse("").seed()).isEqualTo(42);
  }

  private static SplitOptions parse(String options) {
    SplitOptions parsed = new SplitOptions();
    new CommandLine(parsed).parseArgs(options.isEmpty() ? new String[0] : options.split(" "));
    return parsed;
  }
}
