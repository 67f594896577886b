package org.food4j.data.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void write_fieldsWithSpecialCharacters_areQuoted() {
    assertThat(Csv.write(List.of(List.of("a", "b,c", "say \"hi\"", "two\nlines", ""))))
        .isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\",\"two\nlines\",\n");
  }

  @Test
  void read_whatWasWritten_givesItBack() {
    List<List<String>> rows =
        List.of(
            List.of("id", "path"),
            List.of("1", "क/पानी पूरी, \"hot\".jpg"),
            List.of("", "a\r\nb\nc"),
            List.of("3", ""));

    assertThat(Csv.read(Csv.write(rows))).extracting(Csv.Row::fields).isEqualTo(rows);
  }

  @Test
  void read_rowAfterALineInQuotes_knowsItsLine() {
    assertThat(Csv.read("a\r\n\"b\nc\"\nd"))
        .containsExactly(
            new Csv.Row(1, List.of("a")),
            new Csv.Row(2, List.of("b\nc")),
            new Csv.Row(4, List.of("d")));
  }

  @Test
  void read_openQuote_isRefused() {
    assertThatThrownBy(() -> Csv.read("a\n\"b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 2: a quote is not closed");
  }
}
