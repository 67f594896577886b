package org.food4j.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.food4j.data.photo.ImageIoPhotoDecoder;
import org.food4j.data.photo.Photo;
import org.food4j.data.photo.PhotoLimits;
import org.food4j.models.explain.FileExplainer;
import org.food4j.models.inference.OnnxClassifier;
import org.food4j.models.inference.PhotoClassifier;
import org.food4j.models.inference.RuntimeSettings;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.DrawnModel;
import org.food4j.server.testing.DrawnPhoto;
import org.food4j.server.testing.RawClient;
import org.food4j.server.testing.ServerSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExplainTest {
  private static final byte[] PHOTO = DrawnPhoto.jpeg(120, 80, Color.RED, 5);
  private static final DrawnModel MODEL = DrawnModel.small().withMaps();

  @TempDir static Path folder;

  private static Path file;
  private static FoodServer server;
  private static URI address;

  @BeforeAll
  static void start() throws IOException {
    file = MODEL.write(folder.resolve("maps.onnx"));
    Path without = DrawnModel.small().write(folder.resolve("plain.onnx"));
    server = new ServerSetup().model("maps", file).model("plain", without).start();
    address = server.address();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Photo expected(OptionalInt label) throws IOException {
    ImageIoPhotoDecoder decoder = new ImageIoPhotoDecoder(PhotoLimits.ofPixels(50_000_000));
    try (OnnxClassifier network = OnnxClassifier.open(file, RuntimeSettings.shared(1));
        PhotoClassifier classifier = new PhotoClassifier(network, MODEL.card(), decoder)) {
      return new FileExplainer(network, MODEL.card(), decoder)
          .explain(classifier.decode(PHOTO), label)
          .overlay();
    }
  }

  private static void assertPicture(Answered answer, Photo expected) throws IOException {
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).contains("image/png");
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.body()));
    assertThat(image.getWidth()).isEqualTo(expected.width());
    assertThat(image.getHeight()).isEqualTo(expected.height());
    byte[] rgb = expected.rgb();
    for (int y = 0, i = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++, i += 3) {
        int level = (rgb[i] & 0xff) << 16 | (rgb[i + 1] & 0xff) << 8 | rgb[i + 2] & 0xff;
        assertThat(image.getRGB(x, y) & 0xffffff).isEqualTo(level);
      }
    }
  }

  @Test
  void explain_mostProbableOrNamedClass_isTheExplainersPicture() throws IOException {
    assertPicture(
        RawClient.post(address, "/explain", "image/jpeg", PHOTO), expected(OptionalInt.empty()));
    assertPicture(
        RawClient.post(address, "/explain?label=green_salad", "image/jpeg", PHOTO),
        expected(OptionalInt.of(1)));
    String document =
        "{\"image\":\"%s\",\"label\":\"blueberries\",\"model\":\"maps\"}"
            .formatted(Base64.getEncoder().encodeToString(PHOTO));
    assertPicture(
        RawClient.post(
            address, "/explain", "application/json", document.getBytes(StandardCharsets.UTF_8)),
        expected(OptionalInt.of(2)));
  }

  @Test
  void explain_again_comesFromTheCache() throws IOException {
    RawClient.post(address, "/explain?label=red_curry", "image/jpeg", PHOTO);
    Answered again = RawClient.post(address, "/explain?label=red_curry", "image/jpeg", PHOTO);
    assertThat(again.header("x-cache")).contains("hit");
  }

  @Test
  void explain_whatCannotBe_isAProblem() throws IOException {
    Answered without = RawClient.post(address, "/explain?model=plain", "image/jpeg", PHOTO);
    assertThat(without.status()).isEqualTo(409);
    assertThat(without.json().get("detail").asText()).contains("food export --cam");
    Answered label = RawClient.post(address, "/explain?label=cars", "image/jpeg", PHOTO);
    assertThat(label.status()).isEqualTo(404);
    assertThat(label.json().get("detail").asText()).contains("'cars'");
    assertThat(RawClient.post(address, "/explain?model=cars", "image/jpeg", PHOTO).status())
        .isEqualTo(404);
    assertThat(RawClient.post(address, "/explain", "image/jpeg", new byte[99]).status())
        .isEqualTo(422);
    // none of them keeps a model open: the server would wait for it
    long begun = System.nanoTime();
    server.close();
    assertThat(System.nanoTime() - begun).isLessThan(8_000_000_000L);
    start();
  }
}
