package org.food4j.train.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.food4j.data.file.Csv;
import org.food4j.data.manifest.Labels;
import org.food4j.models.inference.Answer;
import org.food4j.models.inference.Prediction;
import org.junit.jupiter.api.Test;

class AnswerFormatTest {
  private static final Labels LABELS = Labels.of(List.of("mac, \"cheesy\"", "ramen"));
  private static final Answer ANSWER =
      new Answer(
          List.of(new Prediction(LABELS.get(0), 0.75f), new Prediction(LABELS.get(1), 0.25f)),
          false);
  private static final String PHOTO = "file:/photos/two\nlines, \"quoted\".jpg";

  @Test
  void csv_answersAndErrors_haveTheHeadersFields_andReadBackAsTheyWere() {
    String file =
        String.join(
                "\n",
                AnswerFormat.CSV.header(2).orElseThrow(),
                AnswerFormat.CSV.record(PHOTO, ANSWER),
                AnswerFormat.CSV.error(PHOTO, "not a JPEG,\r\nor no photo", 2))
            + "\n";

    assertThat(Csv.read(file).stream().map(Csv.Row::fields))
        .containsExactly(
            List.of(
                "photo",
                "none_of_these",
                "error",
                "label_1",
                "probability_1",
                "label_2",
                "probability_2"),
            List.of(PHOTO, "false", "", "mac, \"cheesy\"", "0.75", "ramen", "0.25"),
            List.of(PHOTO, "", "not a JPEG,\r\nor no photo", "", "", "", ""));
  }

  @Test
  void jsonl_everyRecord_isOneLine() {
    assertThat(AnswerFormat.JSONL.header(2)).isEmpty();
    assertThat(AnswerFormat.JSONL.record(PHOTO, ANSWER).lines()).hasSize(1);
    assertThat(AnswerFormat.JSONL.error(PHOTO, "no\nphoto", 2))
        .isEqualTo(
            "{\"photo\":\"file:/photos/two\\nlines, \\\"quoted\\\".jpg\",\"error\":\"no\\nphoto\"}");
  }
}
