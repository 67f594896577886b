package org.food4j.models.weights.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.SafetensorsWriter;
import org.food4j.models.weights.WeightLayout;
import org.food4j.models.weights.WeightsException;
import org.food4j.models.weights.WeightsFile;
import org.food4j.models.weights.keras.KerasWeights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsLocatorTest {
  private static final String NAME = "tf_efficientnet_b4.ns_jft_in1k";

  @TempDir Path folder;

  @Test
  void name_ofTheCatalogue_opensTheCachedFileWithWhatIsKnown() throws IOException {
    write("weights/" + NAME + ".safetensors", Map.of("input_size", "300"));
    WeightsFile file = locator().open(NAME, DownloadProgress.NONE);
    assertThat(file.names()).containsExactly("x");
    assertThat(file.shape("x")).containsExactly(1);
    assertThat(file.values("x")).containsExactly(7);
    assertThat(file.card().inputSize()).as("the file's own word").hasValue(300);
    assertThat(file.card().padding()).contains(PaddingRule.SAME);
    assertThat(file.card().layout()).contains(WeightLayout.TIMM);
  }

  @Test
  void file_thatIsThere_isOpenedByItsFormat() throws IOException, URISyntaxException {
    Path safetensors = write("some.bin", Map.of());
    assertThat(locator().open(safetensors.toString(), DownloadProgress.NONE))
        .isInstanceOf(Safetensors.class);
    Path keras = Path.of(KerasWeights.class.getResource("vgg16.h5").toURI());
    assertThat(locator().open(keras.toString(), DownloadProgress.NONE))
        .isInstanceOf(KerasWeights.class);
    Path text = Files.writeString(folder.resolve("text.h5"), "hello, this is no file of weights");
    assertThatThrownBy(() -> locator().open(text.toString(), DownloadProgress.NONE))
        .isInstanceOf(WeightsException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no/such", "b4.safetensors", "vgg16.h5", "resnet50.pth"})
  void file_thatIsNotThere_isNoName(String text) {
    assertThatThrownBy(() -> locator().open(text, DownloadProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no file " + text);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet, 'resnet18.a1_in1k, resnet18.tv_in1k, resnet34.a1_in1k, resnet34.tv_in1k'",
    "ResNet5O, 'resnet50.a1_in1k, resnet50.tv_in1k'",
    "efficientnet_b4.ns, tf_efficientnet_b4.ns_jft_in1k",
    "vgg16_in1k, 'vgg16_bn.tv_in1k'",
  })
  void name_thatIsUnknown_isRefusedWithThoseLikeIt(String name, String like) {
    assertThatThrownBy(() -> locator().open(name, DownloadProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "There is neither a file nor public weights '%s'; food weights lists the names, such as"
                + " ",
            name)
        .hasMessageContaining(like);
  }

  @Test
  void name_unlikeAnyOther_isRefusedWhereToLook() {
    assertThatThrownBy(() -> locator().open("xyz", DownloadProgress.NONE))
        .hasMessage(
            "There is neither a file nor public weights 'xyz'; food weights lists the names");
    assertThatThrownBy(() -> locator().open("cbam_resnet50", DownloadProgress.NONE))
        .hasMessageContaining("'cbam_resnet50' (timm publishes none);");
  }

  @Test
  void folder_isNoNameOfPublicWeights() {
    assertThatThrownBy(() -> locator().open(folder.toString(), DownloadProgress.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'%s' is a folder: name a file of weights (.safetensors or .h5)", folder);
  }

  private Path write(String name, Map<String, String> metadata) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    var entry = new SafetensorsWriter.Entry("x", new long[] {1}, () -> new float[] {7});
    SafetensorsWriter.write(file, List.of(entry), metadata);
    return file;
  }

  private WeightsLocator locator() {
    URI nowhere = URI.create("http://hub.invalid");
    return new WeightsLocator(
        new WeightsCache(
            new CacheSettings(folder.resolve("weights"), nowhere, true, Duration.ofSeconds(1))));
  }
}
