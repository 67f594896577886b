package org.food4j.models.weights;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of {@code keras.applications}' layers for the modules of a network that is named as in
 * torchvision, and Keras' names of their parameters: {@code kernel, bias, gamma, beta, moving_mean,
 * moving_variance}.
 *
 * <ul>
 *   <li>VGG16: {@code block1_conv1} to {@code block5_conv3}, {@code fc1, fc2, predictions}.
 *   <li>ResNet-50: {@code conv1_conv conv1_bn}, {@code convS_blockB_N_conv} and {@code _bn} with S
 *       from 2, B from 1, N from 1 and 0 for the shortcut, {@code predictions} (in older files
 *       {@code probs} or {@code fc1000}).
 * </ul>
 */
final class KerasLayers {
  private static final Pattern VGG = Pattern.compile("features\\.(\\d+)\\.weight");
  private static final Pattern RESNET =
      Pattern.compile("layer(\\d+)\\.(\\d+)\\.(conv|bn|downsample\\.)(\\d)\\.(?:weight|bias)");
  private static final Pattern RESNET_BLOCK = Pattern.compile("layer(\\d+)\\.(\\d+)");
  private static final List<String> RESNET_HEADS = List.of("predictions", "probs", "fc1000");
  private static final Map<String, String> LINEAR = Map.of("weight", "kernel", "bias", "bias");
  private static final Map<String, String> NORMALIZATION =
      Map.of(
          "weight", "gamma",
          "bias", "beta",
          "running_mean", "moving_mean",
          "running_var", "moving_variance");

  private final ModuleMap modules = new ModuleMap();

  /**
   * @param network torchvision's names
   * @param file names in the file
   */
  KerasLayers(Set<String> network, Set<String> file) {
    if (network.contains("features.0.weight")) {
      vgg(network);
    } else {
      resNet(network, file);
    }
  }

  /** The names of the tensors. */
  TensorNames names() {
    return new TensorNames() {
      @Override
      public String inFile(String tensor) {
        String module = ModuleMap.module(tensor);
        String layer = modules.inFile(module);
        String leaf = tensor.substring(module.length() + 1);
        Map<String, String> parameters = layer.endsWith("_bn") ? NORMALIZATION : LINEAR;
        return layer + "." + parameters.getOrDefault(leaf, leaf);
      }

      @Override
      public String prefixInFile(String block) {
        Matcher place = RESNET_BLOCK.matcher(block);
        return place.matches() ? block(place.group(1), place.group(2)) : block + ".";
      }
    };
  }

  private static String block(String stage, String block) {
    return "conv%d_block%d_".formatted(Integer.parseInt(stage) + 1, Integer.parseInt(block) + 1);
  }

  private void vgg(Set<String> network) {
    int block = 0;
    int inBlock = 0;
    int before = Integer.MIN_VALUE / 2;
    int[] convolutions =
        network.stream()
            .map(VGG::matcher)
            .filter(Matcher::matches)
            .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
            .sorted()
            .toArray();
    for (int index : convolutions) {
      if (index - before > 2) { // a pooling lies between
        block++;
        inBlock = 0;
      }
      modules.put("features." + index, "block" + block + "_conv" + ++inBlock);
      before = index;
    }
    modules.put("classifier.0", "fc1");
    modules.put("classifier.3", "fc2");
    modules.put("classifier.6", "predictions");
  }

  private void resNet(Set<String> network, Set<String> file) {
    for (String tensor : network) {
      Matcher module = RESNET.matcher(tensor);
      if (module.matches()) {
        String block = block(module.group(1), module.group(2));
        boolean shortcut = module.group(3).startsWith("downsample");
        boolean convolution =
            shortcut ? module.group(4).equals("0") : module.group(3).equals("conv");
        modules.put(
            ModuleMap.module(tensor),
            block + (shortcut ? "0" : module.group(4)) + (convolution ? "_conv" : "_bn"));
      }
    }
    modules.put("conv1", "conv1_conv");
    modules.put("bn1", "conv1_bn");
    modules.put(
        "fc",
        RESNET_HEADS.stream()
            .filter(head -> file.contains(head + ".kernel"))
            .findFirst()
            .orElse(RESNET_HEADS.get(0)));
  }
}
