package org.food4j.models.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of torchvision's networks with 10 classes, written down by their rules rather
 * than taken from graphs.
 */
final class StateDicts {
  private static final int CLASSES = 10;

  private final Map<String, long[]> tensors = new LinkedHashMap<>();

  private StateDicts() {}

  static Map<String, long[]> of(String network) {
    StateDicts dict = new StateDicts();
    switch (network) {
      case "resnet18" -> dict.resNet(new int[] {2, 2, 2, 2}, false, false);
      case "resnet50" -> dict.resNet(new int[] {3, 4, 6, 3}, true, false);
      case "se_resnet50" -> dict.resNet(new int[] {3, 4, 6, 3}, true, true);
      case "efficientnet_b0" -> dict.efficientNet(1, 1);
      case "efficientnet_b4" -> dict.efficientNet(1.4, 1.8);
      case "efficientnet_v2_s" -> dict.efficientNetV2();
      case "mobilenet_v3_large" -> dict.mobileNet(LARGE, 960, 1280);
      case "mobilenet_v3_small" -> dict.mobileNet(SMALL, 576, 1024);
      case "vgg16" -> dict.vgg(false);
      case "vgg16_bn" -> dict.vgg(true);
      default -> throw new IllegalArgumentException(network);
    }
    return dict.tensors;
  }

  private void convolution(String name, long out, long in, long kernel, boolean bias) {
    tensors.put(name + ".weight", new long[] {out, in, kernel, kernel});
    if (bias) {
      tensors.put(name + ".bias", new long[] {out});
    }
  }

  private void normalization(String name, long channels) {
    for (String leaf : List.of("weight", "bias", "running_mean", "running_var")) {
      tensors.put(name + "." + leaf, new long[] {channels});
    }
  }

  private void pair(String name, long out, long in, long kernel) {
    convolution(name + ".0", out, in, kernel, false);
    normalization(name + ".1", out);
  }

  private void linear(String name, long out, long in) {
    tensors.put(name + ".weight", new long[] {out, in});
    tensors.put(name + ".bias", new long[] {out});
  }

  private void attention(String name, long channels, long squeezed) {
    convolution(name + ".fc1", squeezed, channels, 1, true);
    convolution(name + ".fc2", channels, squeezed, 1, true);
  }

  private void resNet(int[] counts, boolean bottleneck, boolean se) {
    convolution("conv1", 64, 3, 7, false);
    normalization("bn1", 64);
    long in = 64;
    for (int stage = 1; stage <= 4; stage++) {
      long width = 32L << stage;
      long out = bottleneck ? 4 * width : width;
      for (int i = 0; i < counts[stage - 1]; i++) {
        String block = "layer" + stage + "." + i;
        long[][] parts =
            bottleneck
                ? new long[][] {{width, in, 1}, {width, width, 3}, {out, width, 1}}
                : new long[][] {{width, in, 3}, {width, width, 3}};
        for (int part = 0; part < parts.length; part++) {
          long[] p = parts[part];
          convolution(block + ".conv" + (part + 1), p[0], p[1], p[2], false);
          normalization(block + ".bn" + (part + 1), p[0]);
        }
        if (se) {
          attention(block + ".se", out, out / 16);
        }
        if (in != out) {
          pair(block + ".downsample", out, in, 1);
        }
        in = out;
      }
    }
    linear("fc", CLASSES, in);
  }

  /** Expansion, depthwise, attention where squeezed is above 0, projection. */
  private void inverted(String block, long in, long middle, long out, long kernel, long squeezed) {
    int part = 0;
    if (middle != in) {
      pair(block + ".block." + part++, middle, in, 1);
    }
    pair(block + ".block." + part++, middle, 1, kernel);
    if (squeezed > 0) {
      attention(block + ".block." + part++, middle, squeezed);
    }
    pair(block + ".block." + part, out, middle, 1);
  }

  private void efficientNet(double width, double depth) {
    int[][] stages = {
      {1, 3, 16, 1},
      {6, 3, 24, 2},
      {6, 5, 40, 2},
      {6, 3, 80, 3},
      {6, 5, 112, 3},
      {6, 5, 192, 4},
      {6, 3, 320, 1},
    };
    long in = divisible(32 * width);
    pair("features.0", in, 3, 3);
    for (int stage = 0; stage < stages.length; stage++) {
      int[] s = stages[stage];
      long out = divisible(s[2] * width);
      for (int i = 0; i < Math.ceil(s[3] * depth); i++) {
        String block = "features." + (stage + 1) + "." + i;
        inverted(block, in, s[0] * in, out, s[1], Math.max(1, in / 4));
        in = out;
      }
    }
    pair("features.8", 4 * in, in, 1);
    linear("classifier.1", CLASSES, 4 * in);
  }

  private void efficientNetV2() {
    int[][] stages = {
      {1, 24, 2}, {4, 48, 4}, {4, 64, 4}, {4, 128, 6}, {6, 160, 9}, {6, 256, 15},
    };
    long in = 24;
    pair("features.0", in, 3, 3);
    for (int stage = 0; stage < stages.length; stage++) {
      int[] s = stages[stage];
      for (int i = 0; i < s[2]; i++) {
        String block = "features." + (stage + 1) + "." + i;
        if (stage > 2) {
          inverted(block, in, s[0] * in, s[1], 3, in / 4);
        } else {
          pair(block + ".block.0", s[0] == 1 ? s[1] : s[0] * in, in, 3);
          if (s[0] != 1) {
            pair(block + ".block.1", s[1], s[0] * in, 1);
          }
        }
        in = s[1];
      }
    }
    pair("features.7", 1280, in, 1);
    linear("classifier.1", CLASSES, 1280);
  }

  /** Kernel, middle, outputs, attention. */
  private static final int[][] LARGE = {
    {3, 16, 16, 0}, {3, 64, 24, 0}, {3, 72, 24, 0}, {5, 72, 40, 1}, {5, 120, 40, 1},
    {5, 120, 40, 1}, {3, 240, 80, 0}, {3, 200, 80, 0}, {3, 184, 80, 0}, {3, 184, 80, 0},
    {3, 480, 112, 1}, {3, 672, 112, 1}, {5, 672, 160, 1}, {5, 960, 160, 1}, {5, 960, 160, 1},
  };

  private static final int[][] SMALL = {
    {3, 16, 16, 1}, {3, 72, 24, 0}, {3, 88, 24, 0}, {5, 96, 40, 1}, {5, 240, 40, 1},
    {5, 240, 40, 1}, {5, 120, 48, 1}, {5, 144, 48, 1}, {5, 288, 96, 1}, {5, 576, 96, 1},
    {5, 576, 96, 1},
  };

  private void mobileNet(int[][] rows, long last, long hidden) {
    pair("features.0", 16, 3, 3);
    long in = 16;
    for (int i = 0; i < rows.length; i++) {
      int[] row = rows[i];
      long squeezed = row[3] == 1 ? divisible(row[1] / 4) : 0;
      inverted("features." + (i + 1), in, row[1], row[2], row[0], squeezed);
      in = row[2];
    }
    pair("features." + (rows.length + 1), last, in, 1);
    linear("classifier.0", hidden, last);
    linear("classifier.3", CLASSES, hidden);
  }

  private void vgg(boolean normalized) {
    int[][] blocks = {{64, 2}, {128, 2}, {256, 3}, {512, 3}, {512, 3}};
    int index = 0;
    long in = 3;
    for (int[] block : blocks) {
      for (int i = 0; i < block[1]; i++) {
        convolution("features." + index, block[0], in, 3, true);
        if (normalized) {
          normalization("features." + (index + 1), block[0]);
        }
        in = block[0];
        index += normalized ? 3 : 2;
      }
      index++;
    }
    linear("classifier.0", 4096, 512 * 49);
    linear("classifier.3", 4096, 4096);
    linear("classifier.6", CLASSES, 4096);
  }

  private static long divisible(double channels) {
    long nearest = Math.max(8, (long) (channels + 4) / 8 * 8);
    return nearest < 0.9 * channels ? nearest + 8 : nearest;
  }
}
