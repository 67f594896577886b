package org.food4j.train.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.food4j.data.manifest.Labels;
import org.food4j.data.page.HtmlPage;
import org.food4j.data.page.Section;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoDecoder;
import org.food4j.train.evaluate.AnswerSettings;
import org.food4j.train.evaluate.Evaluation;
import org.food4j.train.evaluate.PhotoResult;
import org.food4j.train.evaluate.SuspectedLabels;
import org.food4j.train.evaluate.TestTimeAugmentation;
import org.food4j.train.loop.EpochMetrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TrainSectionsTest {
  private static final PhotoDecoder GREY = encoded -> new Photo(4, 4, new byte[48]);

  @TempDir Path photos;

  private static EpochMetrics epoch(int number, double loss, double top1) {
    return new EpochMetrics(number, loss, loss + 0.1, top1, 1e-3, 40, 62, 32);
  }

  private static Evaluation evaluation(Labels labels, int[]... actualAndPredicted) {
    List<PhotoResult> results = new ArrayList<>();
    for (int[] pair : actualAndPredicted) {
      results.add(
          new PhotoResult(
              "photo" + results.size() + ".jpg",
              pair[0],
              List.of(pair[1], (pair[1] + 1) % labels.size()),
              List.of(0.5f + results.size() / 100f, 0.2f)));
    }
    return new Evaluation(labels, "test", 1.25, results);
  }

  private static Evaluation evaluation() {
    return evaluation(
        Labels.of(List.of("butter_naan", "<b>&\"'", "taco")),
        new int[] {0, 0},
        new int[] {0, 1},
        new int[] {1, 1},
        new int[] {1, 0},
        new int[] {1, 0});
  }

  private static Document parsed(Section... sections) throws Exception {
    String html = new HtmlPage("Run", "", List.of(sections)).html();
    assertThat(html).doesNotContain("http://", "https://", "<b>&");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  private static List<String> texts(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent().replace('\u00a0', ' '))
        .toList();
  }

  @Test
  void sections_allOnOnePage_areWellFormed() throws Exception {
    for (int i = 0; i < 5; i++) {
      Files.writeString(photos.resolve("photo" + i + ".jpg"), "");
    }
    Evaluation evaluation = evaluation();

    Document page =
        parsed(
            CurvesSection.of(List.of(epoch(1, 2, 0.2), epoch(2, 1, 0.4))),
            FiguresSection.of(evaluation),
            PerClassSection.of(evaluation),
            ConfusionSection.of(evaluation),
            AnswersSection.of(evaluation, photos, GREY));

    assertThat(texts(page, "h2"))
        .containsExactly(
            "Training", "Accuracy", "Each class", "Confusion matrix", "Photos and answers");
  }

  @Test
  void calibration_ofFiveAnswers_showsTheBinsThatHaveAny() throws Exception {
    // probabilities 0.5 to 0.54 on both sides of the edge at 8/15; the first and the third right
    Document page = parsed(CalibrationSection.of(evaluation()));

    assertThat(texts(page, "h2")).containsExactly("Calibration");
    assertThat(texts(page, "dd")).contains("52.0 %", "top-1 is 40.0 %");
    assertThat(texts(page, "td")).contains("4", "51.5 %", "50.0 %", "1", "54.0 %", "0 %");
    assertThat(texts(page, "th")).contains("Mean confidence", "Accuracy");
  }

  @Test
  void calibration_drawsItsDiagramFromNoneToAll() throws Exception {
    assertThat(texts(parsed(CalibrationSection.of(evaluation())), "text"))
        .containsSubsequence("Confidence")
        .contains("0 %", "20 %", "40 %", "60 %", "80 %", "100 %");
  }

  private static Evaluation withThreshold(double threshold) {
    Evaluation plain = evaluation();
    return new Evaluation(
        plain.labels(),
        plain.split(),
        plain.loss(),
        plain.results(),
        new AnswerSettings(2, OptionalDouble.of(threshold), TestTimeAugmentation.NONE),
        List.of());
  }

  @Test
  void coverage_withThreshold_saysWhatIsAnswered() throws Exception {
    // by falling probability, 0.54 to 0.5: wrong, wrong, right, wrong, right
    Document page = parsed(CoverageSection.of(withThreshold(0.515)));

    assertThat(texts(page, "dd"))
        .containsSubsequence("51.5 %", "60.0 %", "3 of 5 photos", "33.3 %");
    assertThat(texts(page, "li")).contains("threshold 51.5 %");
    assertThat(texts(page, "td").subList(4, 8)).containsExactly("40.0 %", "2", "0 %", "0 to 66 %");
    assertThat(texts(page, "title")).contains("Accuracy, coverage 60.0 %: 33.3 %");
  }

  @Test
  void coverage_withoutAThresholdOrAnswer_saysSo() throws Exception {
    assertThat(texts(parsed(CoverageSection.of(evaluation())), "dd"))
        .contains("none", "there is always an answer");
    assertThat(texts(parsed(CoverageSection.of(withThreshold(0.9))), "dd"))
        .contains("no photo reaches it");
  }

  @Test
  void suspects_showLabelAndSuggestion() throws Exception {
    Files.writeString(photos.resolve("photo1.jpg"), "");
    Evaluation plain = evaluation();
    Evaluation doubted =
        new Evaluation(
            plain.labels(),
            "test",
            1,
            plain.results(),
            AnswerSettings.PLAIN,
            List.of(
                new SuspectedLabels.Suspect(
                    "photo1.jpg",
                    plain.labels().get(0),
                    plain.labels().get(2),
                    0.75,
                    0.125,
                    true)));

    Document page = parsed(SuspectsSection.of(doubted, photos, GREY));

    assertThat(texts(page, "p").get(1)).contains("of 1 of 5 photos, of 1 confidently");
    assertThat(texts(page, "p")).contains("Labelled Butter Naan");
    assertThat(texts(page, "li")).contains("Butter Naan12.5 %", "Taco75.0 %");
  }

  @Test
  void curves_markTheBestEpochAsTrainingChoseIt() throws Exception {
    Document page =
        parsed(CurvesSection.of(List.of(epoch(1, 2, 0.2), epoch(2, 1.5, 0.4), epoch(3, 1, 0.4))));

    assertThat(texts(page, "li")).contains("best epoch: 3", "Training 1.00", "Validation 1.10");
    assertThat(texts(page, "dd")).contains("40.0 %", "in epoch 3", "in 2:00 minutes");
  }

  @Test
  void curves_ofATrainingThatDiverged_sayWhatIsNotDrawn() throws Exception {
    Document page = parsed(CurvesSection.of(List.of(epoch(1, 2, 0.2), epoch(2, Double.NaN, 0.1))));

    assertThat(texts(page, "p")).anyMatch(p -> p.contains("not a finite number"));
    assertThat(texts(page, "p")).anyMatch(p -> p.contains("[2]"));
    assertThat(texts(page, "title")).noneMatch(t -> t.contains("NaN"));
  }

  @Test
  void curves_ofNoEpoch_areRefused() {
    assertThatThrownBy(() -> CurvesSection.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no epoch");
  }

  @Test
  void figures_giveTheIntervalAndChance() throws Exception {
    List<String> figures = texts(parsed(FiguresSection.of(evaluation())), "dd");

    // Two right of five, Wilson's interval 0.118 to 0.769; one label is not among its photo's two
    // answers.
    assertThat(figures)
        .startsWith("40.0 %", "95 % interval 12 to 77 %, chance 33.3 %", "80.0 %")
        .contains("1.25", "5");
    // naan: 1 of 2, answered 3 times; the other: 1 of 3, answered twice; taco takes no part
    assertThat(texts(parsed(FiguresSection.of(evaluation())), "td"))
        .containsExactly(
            "41.7 %",
            "41.7 %", "40.0 %", // (1/3 + 1/2) / 2, (1/2 + 1/3) / 2, 2/5 and 2/5
            "43.3 %", "40.0 %", "40.0 %"); // (2/3 + 3/2) / 5, 2 of 5
  }

  @Test
  void perClass_beginsWithTheWeakest() throws Exception {
    Document page = parsed(PerClassSection.of(evaluation()));

    assertThat(texts(page, "th").subList(9, 12)).containsExactly("Taco", "Butter Naan", "<b>&\"'");
    assertThat(texts(page, "td").subList(1, 8)).containsExactly("–", "–", "–", "0", "0", "0", "0");
    assertThat(texts(page, "td").subList(9, 16))
        .containsExactly("40.0 %", "33.3 %", "50.0 %", "2", "1", "2", "1");
  }

  @Test
  void confusion_listsTheMostFrequentMistakeFirst() throws Exception {
    Document page = parsed(ConfusionSection.of(evaluation()));

    assertThat(texts(page, "td").subList(0, 4))
        .containsExactly("Butter Naan", "2 of 3", "66.7 %", "1");
    assertThat(texts(page, "title")).contains("<b>&\"' taken for Butter Naan: 2 of 3 (66.7 %)");
  }

  @Test
  void confusion_withoutMistakes_saysSo() throws Exception {
    Labels labels = Labels.of(List.of("naan", "chai"));

    Document page = parsed(ConfusionSection.of(evaluation(labels, new int[] {0, 0})));

    assertThat(texts(page, "p")).contains("Not one photo was taken for another class.");
  }

  @Test
  void confusion_ofManyClasses_showsThoseWithMistakes() throws Exception {
    Labels labels = Labels.of(IntStream.range(0, 100).mapToObj(i -> "class" + i).toList());

    Document page =
        parsed(ConfusionSection.of(evaluation(labels, new int[] {98, 99}, new int[] {1, 1})));

    assertThat(texts(page, "p"))
        .contains("The matrix shows the 60 of 100 classes with the most mistakes.");
    assertThat(texts(page, "title")).contains("Class98 taken for Class99: 1 of 1 (100 %)");
  }

  @Test
  void answers_beginWithTheSurestMistake() throws Exception {
    for (int i = 0; i < 5; i++) {
      Files.writeString(photos.resolve("photo" + i + ".jpg"), "");
    }

    Document page = parsed(AnswersSection.of(evaluation(), photos, GREY));

    NodeList images = page.getElementsByTagName("img");
    assertThat(
            IntStream.range(0, images.getLength())
                .mapToObj(i -> images.item(i).getAttributes().getNamedItem("title").getNodeValue()))
        .containsExactly("photo4.jpg", "photo3.jpg", "photo1.jpg", "photo0.jpg", "photo2.jpg");
  }

  @Test
  void answers_withoutTheirPhoto_failWithItsName() {
    assertThatThrownBy(() -> AnswersSection.of(evaluation(), photos, GREY))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("photo4.jpg");
  }
}
