package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.models.architecture.Architectures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsCommandTest {
  private final Screen screen = Screen.piped();

  @TempDir Path folder;

  private int run(String... arguments) {
    return Food.run(screen.terminal(), arguments);
  }

  private JsonNode json() throws Exception {
    return new ObjectMapper().readTree(screen.out());
  }

  @Test
  void list_asJson_hasTheContractsKeys() throws Exception {
    assertThat(run("models", "--json")).isZero();
    JsonNode models = json();
    assertThat(models).hasSize(Architectures.all().size());
    assertThat(models.get(0).fieldNames())
        .toIterable()
        .containsExactly("name", "parameters", "macs", "input_size", "paper");
    assertThat(models.get(0).get("name").asText()).isEqualTo("se_cnn");
    assertThat(models.get(0).get("parameters").asLong()).isEqualTo(2_731_252);
  }

  @Test
  void list_forPeople_hasALinePerNetwork() {
    assertThat(run("models")).isZero();
    assertThat(screen.out().lines()).hasSize(1 + Architectures.all().size());
    assertThat(screen.out()).containsPattern("resnet50 +25,557,032 +4\\.089 +224 ");
  }

  @Test
  void list_forOtherClassesAndSize_countsThose() throws Exception {
    assertThat(run("models", "--classes", "34", "--input-size", "64", "--json")).isZero();
    assertThat(json().get(0).get("parameters").asLong()).isEqualTo(2_482_990);
    assertThat(json().get(0).get("input_size").asInt()).isEqualTo(64);
  }

  @Test
  void summary_forPeople_hasStagesAndMemory() {
    assertThat(run("models", "--summary", "se_cnn")).isZero();
    assertThat(screen.out())
        .containsPattern("stages\\.0 +56x56x64 +58,308 +2\\.1 % +179\\.83 +29\\.4 % ")
        .containsPattern("total +1000 +2,731,252 +100\\.0 % +611\\.62 +100\\.0 %")
        .containsPattern("batch 32: about [\\d.]+ MB for inference, [\\d.]+ MB for a training step")
        .doesNotContain("stages.0.conv1");
  }

  @Test
  void summary_withLayers_namesEachVertex() {
    assertThat(run("models", "--summary", "se_cnn", "--layers")).isZero();
    assertThat(screen.out())
        .containsPattern("  stages\\.0\\.conv1 +56x56x64 +18,560 .* conv 3x3 /2, 64, batch norm");
  }

  @Test
  void summary_asJson_addsUpToTheNetwork() throws Exception {
    assertThat(run("models", "--summary", "mobilenet_v3_small", "--json")).isZero();
    JsonNode network = json();
    long macs = 0;
    for (JsonNode stage : network.get("stages")) {
      macs += stage.get("macs").asLong();
    }
    assertThat(network.get("macs").asLong()).isEqualTo(macs);
    assertThat(network.get("memory").get(2).get("batch").asInt()).isEqualTo(32);
    assertThat(network.get("uncounted")).isEmpty();
  }

  @Test
  void summary_withoutAttention_costsLess() throws Exception {
    assertThat(run("models", "--summary", "se_cnn", "--attention", "none", "--json")).isZero();
    assertThat(json().get("parameters").asLong()).isLessThan(2_731_252);
  }

  @Test
  void graph_drawn_isAFile() {
    Path file = folder.resolve("graph.svg");
    assertThat(run("models", "--graph", "se_cnn", "--out", file.toString())).isZero();
    assertThat(file).content().startsWith("<svg ").contains(">stages.3<");
    assertThat(screen.out()).startsWith(file.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--summary se_cnn --graph se_cnn, give one of them",
    "--layers, --layers belongs to --summary",
    "--graph se_cnn, belong together",
    "--out x.svg, belong together",
    "--classes 0, '--classes is at least 1, not 0'",
    "--summary se_cnn --classes -3, '--classes is at least 1, not -3'",
    "--input-size 31, '--input-size is at least 32, not 31'",
    "--attention foo, 'expected one of own, none, se, eca, cbam, not'",
  })
  void options_thatContradictOrAreOutOfRange_areAUsageError(String options, String reason) {
    String[] given = ("models " + options).split(" ");
    assertThat(run(given)).isEqualTo(2);
    assertThat(screen.err()).contains(reason);
    assertThat(screen.out()).isEmpty();
  }

  @Test
  void list_withAttentionThatSomeCannotHave_namesThoseLeftOut() {
    assertThat(run("models", "--attention", "CBAM")).isZero();
    assertThat(screen.err().lines())
        .hasSize(3)
        .allMatch(line -> line.matches("Left out: (seed_cnn|vgg16|vgg16_bn): .*attention cbam.*"));
    assertThat(screen.out()).contains("resnet50 ").doesNotContain("vgg16");
  }

  @Test
  void help_listsAttentionAsItIsWritten() {
    assertThat(run("models", "--help")).isZero();
    assertThat(screen.out()).containsIgnoringWhitespaces("own, none, se, eca, cbam");
  }

  @Test
  void graph_withoutAPlaceForIt_isRefusedInWordsForPeople() {
    assertThat(run("models", "--graph", "se_cnn", "--out", folder.toString())).isEqualTo(1);
    assertThat(screen.err())
        .isEqualToIgnoringNewLines("food: " + folder + " is a folder: name a file in it");
  }

  @Test
  void summary_ofAnUnknownNetwork_listsTheKnownOnes() {
    assertThat(run("models", "--summary", "resnet5")).isEqualTo(1);
    assertThat(screen.err()).contains("There is no model 'resnet5'; the models are: se_cnn");
  }
}
