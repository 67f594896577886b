package org.food4j.models.onnx.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.zoo.model.AlexNet;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.FaceNetNN4Small2;
import org.deeplearning4j.zoo.model.InceptionResNetV1;
import org.deeplearning4j.zoo.model.LeNet;
import org.deeplearning4j.zoo.model.NASNet;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DL4J's own zoo, initialised at random, at the smallest input that each network takes. */
class ZooExportTest {
  private static final Map<String, Function<int[], Supplier<NeuralNetwork>>> ZOO =
      Map.ofEntries(
          Map.entry(
              "LeNet",
              shape ->
                  () ->
                      (NeuralNetwork)
                          LeNet.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "SimpleCNN",
              shape ->
                  () ->
                      (NeuralNetwork)
                          SimpleCNN.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "AlexNet",
              shape -> () -> AlexNet.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "SqueezeNet",
              shape -> () -> SqueezeNet.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "Darknet19",
              shape -> () -> Darknet19.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "ResNet50",
              shape -> () -> ResNet50.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "VGG16",
              shape -> () -> VGG16.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "VGG19",
              shape -> () -> VGG19.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "Xception",
              shape -> () -> Xception.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "UNet", shape -> () -> UNet.builder().inputShape(shape).numClasses(1).build().init()),
          Map.entry(
              "TinyYOLO",
              shape -> () -> TinyYOLO.builder().inputShape(shape).numClasses(4).build().init()),
          Map.entry(
              "YOLO2",
              shape -> () -> YOLO2.builder().inputShape(shape).numClasses(4).build().init()),
          Map.entry(
              "NASNet",
              shape -> () -> NASNet.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "InceptionResNetV1",
              shape ->
                  () ->
                      InceptionResNetV1.builder().inputShape(shape).numClasses(10).build().init()),
          Map.entry(
              "FaceNetNN4Small2",
              shape ->
                  () ->
                      FaceNetNN4Small2.builder().inputShape(shape).numClasses(10).build().init()));

  @TempDir Path folder;

  @BeforeAll
  static void startEngine() {
    NativeEngine.start();
  }

  @ParameterizedTest
  @CsvSource({"LeNet, 28, 1", "SimpleCNN, 48, 3", "SqueezeNet, 48, 3"})
  void smallNetwork_export_agrees(String name, int size, int channels) throws Exception {
    assertExports(name, size, channels);
  }

  @Tag("slow")
  @ParameterizedTest
  @CsvSource({
    "AlexNet, 96, 3",
    "Darknet19, 64, 3",
    "ResNet50, 64, 3",
    "VGG16, 32, 3",
    "VGG19, 32, 3",
    "Xception, 75, 3",
    "UNet, 32, 3",
    "TinyYOLO, 64, 3",
    "YOLO2, 64, 3",
    "NASNet, 64, 3",
    "InceptionResNetV1, 96, 3",
    "FaceNetNN4Small2, 96, 3",
  })
  void network_export_agrees(String name, int size, int channels) throws Exception {
    assertExports(name, size, channels);
  }

  private void assertExports(String name, int size, int channels) throws Exception {
    NeuralNetwork network = ZOO.get(name).apply(new int[] {channels, size, size}).get();
    InputType photo = InputType.convolutional(size, size, channels);
    ExportedNetwork exported = new ExportedNetwork(network, photo);
    exported.shakeStatistics();

    double relative = exported.relativeDifference(2);

    System.out.println(name + " " + relative);
    assertThat(relative).as(name).isLessThan(1e-4);
    OfficialChecker.assumeAvailable();
    OfficialChecker.assertAccepts(exported.model(), folder);
  }
}
