package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.zoo.model.AlexNet;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.FaceNetNN4Small2;
import org.deeplearning4j.zoo.model.InceptionResNetV1;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SimpleCNN;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.TinyYOLO;
import org.deeplearning4j.zoo.model.UNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.VGG19;
import org.deeplearning4j.zoo.model.Xception;
import org.deeplearning4j.zoo.model.YOLO2;
import org.food4j.models.layer.NativeEngine;
import org.food4j.models.onnx.OfficialChecker;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * DL4J's own zoo, initialised at random, at small inputs. NASNet is missing because DL4J 1.0.0-M2.1
 * itself cannot build it, TextGenerationLSTM because it is no image network.
 */
class ZooExportTest {
  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    NativeEngine.start();
  }

  @ParameterizedTest
  @CsvSource({"LeNet, 28, 1", "SqueezeNet, 48, 3"})
  void smallNetwork_export_agrees(String name, int size, int channels) throws Exception {
    assertExports(name, size, channels);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "SimpleCNN, 48, 3",
    "AlexNet, 96, 3",
    "Darknet19, 64, 3",
    "VGG16, 32, 3",
    "VGG19, 32, 3",
    "Xception, 75, 3",
    "UNet, 32, 3",
    "TinyYOLO, 64, 3",
    "YOLO2, 64, 3",
    "InceptionResNetV1, 96, 3",
    "FaceNetNN4Small2, 96, 3",
  })
  void network_export_agrees(String name, int size, int channels) throws Exception {
    assertExports(name, size, channels);
  }

  /** Its weights are drawn so wide that all but one probability are 0. */
  @Tag("slow")
  @Test
  void resNet50_export_agrees() throws Exception {
    ExportedNetwork exported =
        new ExportedNetwork(
            (NeuralNetwork) network("ResNet50", 3, 96, 96), InputType.convolutional(96, 96, 3));
    exported.shakeStatistics();
    exported.desaturate();
    assertAgrees(exported);
  }

  private static Model network(String name, int... shape) {
    return switch (name) {
      case "LeNet" -> LeNet.builder().inputShape(shape).numClasses(10).build().init();
      case "SimpleCNN" -> SimpleCNN.builder().inputShape(shape).numClasses(10).build().init();
      case "AlexNet" -> AlexNet.builder().inputShape(shape).numClasses(10).build().init();
      case "SqueezeNet" -> SqueezeNet.builder().inputShape(shape).numClasses(10).build().init();
      case "Darknet19" -> Darknet19.builder().inputShape(shape).numClasses(10).build().init();
      case "ResNet50" -> ResNet50.builder().inputShape(shape).numClasses(10).build().init();
      case "VGG16" -> VGG16.builder().inputShape(shape).numClasses(10).build().init();
      case "VGG19" -> VGG19.builder().inputShape(shape).numClasses(10).build().init();
      case "Xception" -> Xception.builder().inputShape(shape).numClasses(10).build().init();
      case "UNet" -> UNet.builder().inputShape(shape).numClasses(1).build().init();
      case "TinyYOLO" -> TinyYOLO.builder().inputShape(shape).numClasses(4).build().init();
      case "YOLO2" -> YOLO2.builder().inputShape(shape).numClasses(4).build().init();
      case "InceptionResNetV1" ->
          InceptionResNetV1.builder().inputShape(shape).numClasses(10).build().init();
      case "FaceNetNN4Small2" ->
          FaceNetNN4Small2.builder().inputShape(shape).numClasses(10).build().init();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private void assertExports(String name, int size, int channels) throws Exception {
    NeuralNetwork network = (NeuralNetwork) network(name, channels, size, size);
    InputType photo = InputType.convolutional(size, size, channels);
    ExportedNetwork exported = new ExportedNetwork(network, photo);
    exported.shakeStatistics();
    assertAgrees(exported);
  }

  private void assertAgrees(ExportedNetwork exported) throws Exception {
    assertThat(exported.relativeDifference(2)).isLessThan(1e-4);
    OfficialChecker.require();
    OfficialChecker.assertAccepts(exported.model(), folder);
  }
}
