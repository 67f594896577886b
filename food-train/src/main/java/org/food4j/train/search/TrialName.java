package org.food4j.train.search;

import java.util.Map;
import java.util.stream.Collectors;

/** The name of a trial's directory: what TensorBoard and shells show. */
final class TrialName {
  private static final int LONGEST = 100;

  private TrialName() {}

  /** {@code 03-model-se_cnn-attention-eca}, of letters that no shell or file system minds. */
  static String of(String number, Map<String, String> values) {
    String text =
        values.entrySet().stream()
            .map(each -> "-" + each.getKey() + "-" + plain(each.getValue()))
            .collect(Collectors.joining());
    String name = number + text;
    return name.length() > LONGEST ? name.substring(0, LONGEST) : name;
  }

  /** Of a path, the last part. */
  private static String plain(String value) {
    String file = value.replaceFirst("^.*[/\\\\]", "");
    return file.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^_|_$", "");
  }
}
