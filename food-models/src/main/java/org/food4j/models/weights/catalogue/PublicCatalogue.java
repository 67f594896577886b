package org.food4j.models.weights.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.data.preprocess.Preprocessing;
import org.food4j.models.block.PaddingRule;
import org.food4j.models.weights.WeightLayout;
import org.food4j.models.weights.WeightsCard;

/**
 * The public ImageNet weights (1000 classes) that are known here: of each network's, the first is
 * the one to start with. All are timm's (Wightman 2019, {@code huggingface.co/docs/timm}).
 */
public final class PublicCatalogue {
  private static final List<Float> HALF = List.of(0.5f, 0.5f, 0.5f);
  private static final String APACHE = "apache-2.0";
  private static final String BSD = "bsd-3-clause";

  /** PyTorch's default, which timm's own networks keep. */
  private static final double EPS = 1e-5;

  private static final double TENSORFLOW_EPS = 1e-3;

  private static final int NEAREST = 4;
  private static final int LEAST_IN_COMMON = 3;

  private static final List<PublicWeights> ALL =
      List.of(
          of("resnet18", "resnet18.a1_in1k", APACHE, bicubic(224), 0.95),
          of("resnet18", "resnet18.tv_in1k", BSD, bilinear(224), 0.875),
          of("resnet34", "resnet34.a1_in1k", APACHE, bicubic(224), 0.95),
          of("resnet34", "resnet34.tv_in1k", BSD, bilinear(224), 0.875),
          of("resnet50", "resnet50.a1_in1k", APACHE, bicubic(224), 0.95),
          of("resnet50", "resnet50.tv_in1k", BSD, bilinear(224), 0.875),
          of("resnet101", "resnet101.a1_in1k", APACHE, bicubic(224), 0.95),
          of("resnet101", "resnet101.tv_in1k", BSD, bilinear(224), 0.875),
          of("se_resnet50", "seresnet50.ra2_in1k", APACHE, bicubic(224), 0.875),
          of("se_resnet50", "seresnet50.a1_in1k", APACHE, bicubic(224), 0.95),
          of("efficientnet_b0", "efficientnet_b0.ra_in1k", APACHE, bicubic(224), 0.875),
          of("efficientnet_b1", "efficientnet_b1.ft_in1k", APACHE, bicubic(224), 0.875),
          of("efficientnet_b2", "efficientnet_b2.ra_in1k", APACHE, bicubic(256), 0.875),
          of("efficientnet_b3", "efficientnet_b3.ra2_in1k", APACHE, bicubic(288), 0.875),
          of("efficientnet_b4", "efficientnet_b4.ra2_in1k", APACHE, bicubic(320), 0.875),
          of("efficientnet_b4", "tf_efficientnet_b4.ns_jft_in1k", APACHE, tensorFlow(380), 0.922),
          of("efficientnet_b4", "tf_efficientnet_b4.aa_in1k", APACHE, tensorFlow(380), 0.922),
          of("efficientnet_b5", "tf_efficientnet_b5.ns_jft_in1k", APACHE, tensorFlow(456), 0.934),
          of(
              "efficientnet_b5",
              "efficientnet_b5.sw_in12k_ft_in1k",
              APACHE,
              bicubic(448),
              1,
              "timm squashes the whole photo into the square instead of cutting its centre"),
          of("efficientnet_b6", "tf_efficientnet_b6.ns_jft_in1k", APACHE, tensorFlow(528), 0.942),
          of("efficientnet_b7", "tf_efficientnet_b7.ns_jft_in1k", APACHE, tensorFlow(600), 0.949),
          of(
              "efficientnet_v2_s",
              "tf_efficientnetv2_s.in21k_ft_in1k",
              APACHE,
              tensorFlow(300).mean(HALF).std(HALF),
              1,
              "timm evaluates it at 384 pixels too"),
          of(
              "efficientnet_v2_s",
              "tf_efficientnetv2_s.in1k",
              APACHE,
              tensorFlow(300).mean(HALF).std(HALF),
              1,
              "timm evaluates it at 384 pixels too"),
          of("mobilenet_v3_large", "mobilenetv3_large_100.ra_in1k", APACHE, bicubic(224), 0.875),
          of("mobilenet_v3_small", "mobilenetv3_small_100.lamb_in1k", APACHE, bicubic(224), 0.875),
          of("vgg16", "vgg16.tv_in1k", BSD, bilinear(224), 0.875),
          of("vgg16_bn", "vgg16_bn.tv_in1k", BSD, bilinear(224), 0.875));

  /** Networks without public weights, and why. */
  private static final Map<String, String> ABSENT =
      Map.of(
          "eca_resnet50",
          "timm's ECA-ResNets (ecaresnet50d, 50t, light) have another stem, shortcut or width",
          "cbam_resnet50",
          "timm publishes none");

  private PublicCatalogue() {}

  /** All entries, network by network. */
  public static List<PublicWeights> all() {
    return ALL;
  }

  /** A network's entries, the one to start with first; empty if there is none. */
  public static List<PublicWeights> of(String architecture) {
    return ALL.stream().filter(weights -> weights.architecture().equals(architecture)).toList();
  }

  /**
   * An entry by its name, such as {@code resnet50.a1_in1k}, or a network's first one by the
   * network's name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static PublicWeights named(String name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  /** The same, where the name may also be something else. */
  static Optional<PublicWeights> find(String name) {
    return ALL.stream()
        .filter(weights -> weights.name().equals(name))
        .findFirst()
        .or(() -> of(name).stream().findFirst());
  }

  /** Why a network has no public weights, in brackets after a space; empty of any other name. */
  static String absence(String name) {
    return ABSENT.containsKey(name) ? " (" + ABSENT.get(name) + ")" : "";
  }

  /**
   * A few names that may have been meant: those that hold the longest beginning of a text that any
   * of them holds.
   *
   * @return empty if not even its first three characters are in any
   */
  static List<String> nearest(String text) {
    String wanted = text.toLowerCase(Locale.ROOT);
    for (int length = wanted.length(); length >= LEAST_IN_COMMON; length--) {
      String beginning = wanted.substring(0, length);
      List<String> found =
          ALL.stream()
              .map(PublicWeights::name)
              .filter(name -> name.contains(beginning))
              .limit(NEAREST)
              .toList();
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private static String unknown(String name) {
    String names = ALL.stream().map(PublicWeights::name).collect(Collectors.joining(", "));
    return "There are no public weights '%s'%s; known are: %s"
        .formatted(name, absence(name), names);
  }

  private static PublicWeights of(
      String architecture, String name, String licence, WeightsCard.Builder card, double crop) {
    return of(architecture, name, licence, card, crop, "");
  }

  private static PublicWeights of(
      String architecture,
      String name,
      String licence,
      WeightsCard.Builder card,
      double crop,
      String remark) {
    return new PublicWeights(
        name,
        architecture,
        "timm/" + name,
        licence,
        card.architecture(architecture).cropFraction(crop).build(),
        false,
        remark);
  }

  private static WeightsCard.Builder bicubic(int inputSize) {
    return WeightsCard.builder()
        .layout(WeightLayout.TIMM)
        .padding(PaddingRule.SYMMETRIC)
        .batchNormEps(EPS)
        .mean(Preprocessing.IMAGENET_MEAN)
        .std(Preprocessing.IMAGENET_STD)
        .interpolation(Interpolation.BICUBIC)
        .inputSize(inputSize)
        .classes(1000);
  }

  private static WeightsCard.Builder bilinear(int inputSize) {
    return bicubic(inputSize).interpolation(Interpolation.BILINEAR);
  }

  /** Weights that were trained with TensorFlow. */
  private static WeightsCard.Builder tensorFlow(int inputSize) {
    return bicubic(inputSize).padding(PaddingRule.SAME).batchNormEps(TENSORFLOW_EPS);
  }
}
