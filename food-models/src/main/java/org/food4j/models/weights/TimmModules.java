package org.food4j.models.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * timm's names for the modules of a network that is named as in torchvision. What is relied on,
 * read from timm's definitions ({@code efficientnet}, {@code _efficientnet_blocks}, {@code
 * mobilenetv3}, {@code vgg}, {@code resnet}; 2026):
 *
 * <ul>
 *   <li>Inverted residuals: {@code conv_pw bn1, conv_dw bn2, se.conv_reduce se.conv_expand,
 *       conv_pwl bn3}; without expansion {@code conv_dw bn1, se, conv_pw bn2}. Fused: {@code
 *       conv_exp bn1, conv_pwl bn2}; without expansion {@code conv bn1}. In torchvision all are
 *       {@code block.N.0 block.N.1}, and {@code block.N.fc1 block.N.fc2}, in that order.
 *   <li>EfficientNet (both versions): {@code conv_stem bn1, blocks.STAGE.BLOCK, conv_head bn2,
 *       classifier}.
 *   <li>MobileNetV3: {@code conv_stem bn1, blocks.STAGE.BLOCK} with one stage per output width,
 *       where torchvision counts blocks through; the last convolution is a stage {@code
 *       blocks.STAGE.0.conv bn1} of its own; torchvision's first linear layer is the 1x1
 *       convolution {@code conv_head} with bias.
 *   <li>VGG: {@code features} as in torchvision; the linear layers are the convolutions {@code
 *       pre_logits.fc1} (7x7) and {@code pre_logits.fc2} (1x1), and {@code head.fc}.
 *   <li>ResNet, with squeeze-and-excitation ({@code se.fc1 se.fc2}) or efficient channel attention
 *       ({@code se.conv}) too: as in torchvision.
 * </ul>
 */
final class TimmModules {
  private static final Pattern STAGED_BLOCK =
      Pattern.compile("(features\\.(\\d+)\\.(\\d+))\\.block\\..*");
  private static final Pattern COUNTED_BLOCK = Pattern.compile("(features\\.(\\d+))\\.block\\..*");
  private static final Pattern STAGED = Pattern.compile("features\\.(\\d+)\\.(\\d+)");
  private static final Pattern COUNTED = Pattern.compile("features\\.(\\d+)");
  private static final Pattern CONVOLUTION = Pattern.compile("features\\.(\\d+)\\.0\\.weight");

  private final Map<String, long[]> network;
  private final ModuleMap modules = new ModuleMap();

  /** By the number of its first block, MobileNetV3's stages. */
  private final TreeMap<Integer, Integer> stages = new TreeMap<>();

  /**
   * @param network shapes by torchvision's names
   */
  TimmModules(Map<String, long[]> network) {
    this.network = network;
    if (matches(STAGED_BLOCK)) {
      efficientNet();
    } else if (matches(COUNTED_BLOCK)) {
      mobileNetV3();
    } else if (network.containsKey("features.0.weight")) {
      modules.put("classifier.0", "pre_logits.fc1");
      modules.put("classifier.3", "pre_logits.fc2");
      modules.put("classifier.6", "head.fc");
    }
  }

  TensorNames names() {
    TensorNames tensors = modules.names();
    return new TensorNames() {
      @Override
      public String inFile(String tensor) {
        return tensors.inFile(tensor);
      }

      @Override
      public String prefixInFile(String block) {
        Matcher staged = STAGED.matcher(block);
        Matcher counted = COUNTED.matcher(block);
        if (stages.isEmpty() && staged.matches() && matches(STAGED_BLOCK)) {
          return staged(staged.group(1), staged.group(2)) + ".";
        }
        return !stages.isEmpty() && counted.matches()
            ? counted(Integer.parseInt(counted.group(1))) + "."
            : block + ".";
      }
    };
  }

  private static String staged(String stage, String block) {
    return "blocks." + (Integer.parseInt(stage) - 1) + "." + block;
  }

  /** By the number, since blocks that are the identity are not in the network. */
  private String counted(int block) {
    var stage = stages.floorEntry(block);
    return stage == null
        ? "features." + block
        : "blocks." + stage.getValue() + "." + (block - stage.getKey());
  }

  private boolean matches(Pattern pattern) {
    return network.keySet().stream().anyMatch(name -> pattern.matcher(name).matches());
  }

  private void efficientNet() {
    for (String tensor : network.keySet()) {
      Matcher block = STAGED_BLOCK.matcher(tensor);
      if (block.matches()) {
        block(block.group(1), staged(block.group(2), block.group(3)));
      }
    }
    stem();
    String head = "features." + lastConvolution();
    modules.put(head + ".0", "conv_head");
    modules.put(head + ".1", "bn2");
    modules.put("classifier.1", "classifier");
  }

  private void mobileNetV3() {
    TreeMap<Integer, String> blocks = new TreeMap<>();
    for (String tensor : network.keySet()) {
      Matcher block = COUNTED_BLOCK.matcher(tensor);
      if (block.matches()) {
        blocks.put(Integer.parseInt(block.group(2)), block.group(1));
      }
    }
    if (blocks.firstKey() > 1) {
      stages.put(1, 0); // the first block keeps the stem's width and may be the identity
    }
    long width = 0;
    for (var block : blocks.entrySet()) {
      List<String> convolutions = convolutions(block.getValue());
      long outputs = network.get(convolutions.get(convolutions.size() - 1) + ".0.weight")[0];
      if (outputs != width) { // never an identity: such a block keeps the width
        stages.put(block.getKey(), stages.size());
        width = outputs;
      }
      block(block.getValue(), counted(block.getKey()));
    }
    stem();
    int stage = stages.size();
    String last = "features." + lastConvolution();
    modules.put(last + ".0", "blocks." + stage + ".0.conv");
    modules.put(last + ".1", "blocks." + stage + ".0.bn1");
    modules.put("classifier.0", "conv_head");
    modules.put("classifier.3", "classifier");
  }

  private void stem() {
    modules.put("features.0.0", "conv_stem");
    modules.put("features.0.1", "bn1");
  }

  private int lastConvolution() {
    return network.keySet().stream()
        .map(CONVOLUTION::matcher)
        .filter(Matcher::matches)
        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
        .max()
        .orElse(0);
  }

  private void block(String block, String inFile) {
    List<String> convolutions = convolutions(block);
    List<String> names = convolutionNames(convolutions);
    for (int i = 0; i < convolutions.size(); i++) {
      modules.put(convolutions.get(i) + ".0", inFile + "." + names.get(i));
      modules.put(convolutions.get(i) + ".1", inFile + ".bn" + (i + 1));
    }
    for (int part = 0; part <= convolutions.size(); part++) {
      modules.put(block + ".block." + part + ".fc1", inFile + ".se.conv_reduce");
      modules.put(block + ".block." + part + ".fc2", inFile + ".se.conv_expand");
    }
  }

  private List<String> convolutionNames(List<String> convolutions) {
    return switch (convolutions.size()) {
      case 1 -> List.of("conv");
      case 2 ->
          network.get(convolutions.get(0) + ".0.weight")[1] == 1
              ? List.of("conv_dw", "conv_pw")
              : List.of("conv_exp", "conv_pwl");
      case 3 -> List.of("conv_pw", "conv_dw", "conv_pwl");
      default -> List.copyOf(convolutions); // no block of timm's: the import lists its tensors
    };
  }

  /** The block's convolutions in order, {@code block.N} each. */
  private List<String> convolutions(String block) {
    List<String> found = new ArrayList<>();
    for (int part = 0; part < 5; part++) {
      String module = block + ".block." + part;
      if (network.containsKey(module + ".0.weight")) {
        found.add(module);
      }
    }
    return found;
  }
}
