package org.food4j.models.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.food4j.data.preprocess.Interpolation;
import org.food4j.models.block.PaddingRule;

/** A card as the texts of a file's metadata: lists are separated by commas. */
final class CardText {
  /** What weights are trained with: a file has no other one to refer to. */
  private static final PaddingRule[] PADDINGS = {PaddingRule.SYMMETRIC, PaddingRule.SAME};

  /** Puts an entry's text into a card. */
  private interface Reader {
    void read(WeightsCard.Builder card, String text);
  }

  private static final Map<String, Reader> READERS = readers();

  private CardText() {}

  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new LinkedHashMap<>();
    readers.put("architecture", WeightsCard.Builder::architecture);
    readers.put("layout", (card, text) -> card.layout(constant(WeightLayout.values(), text)));
    readers.put("padding", (card, text) -> card.padding(constant(PADDINGS, text)));
    readers.put("bn_eps", (card, text) -> card.batchNormEps(number(text, Double::parseDouble)));
    readers.put("mean", (card, text) -> card.mean(channels(text)));
    readers.put("std", (card, text) -> card.std(channels(text)));
    readers.put(
        "interpolation",
        (card, text) -> card.interpolation(constant(Interpolation.values(), text)));
    readers.put(
        "crop_fraction", (card, text) -> card.cropFraction(number(text, Double::parseDouble)));
    readers.put("input_size", (card, text) -> card.inputSize(number(text, Integer::parseInt)));
    readers.put("num_classes", (card, text) -> card.classes(number(text, Integer::parseInt)));
    readers.put("identity_blocks", (card, text) -> card.identityBlocks(names(text)));
    readers.put("missing", (card, text) -> card.missing(names(text)));
    return readers;
  }

  static WeightsCard read(Path file, Map<String, String> metadata) throws WeightsException {
    WeightsCard.Builder card = WeightsCard.builder();
    List<String> problems = new ArrayList<>();
    READERS.forEach(
        (key, reader) -> {
          String text = metadata.get(key);
          if (text != null) {
            try {
              // alone first, so that each entry's own problem is found
              WeightsCard.Builder alone = WeightsCard.builder();
              reader.read(alone, text.strip());
              alone.build();
              reader.read(card, text.strip());
            } catch (IllegalArgumentException e) {
              problems.add("metadata %s '%s': %s".formatted(key, text, e.getMessage()));
            }
          }
        });
    if (!problems.isEmpty()) {
      throw new WeightsException(file, String.join("; ", problems));
    }
    return card.build();
  }

  static Map<String, String> write(WeightsCard card) {
    Map<String, String> metadata = new LinkedHashMap<>();
    card.architecture().ifPresent(name -> metadata.put("architecture", name));
    card.layout().ifPresent(layout -> metadata.put("layout", layout.key()));
    card.padding().ifPresent(padding -> metadata.put("padding", padding.key()));
    card.batchNormEps().ifPresent(eps -> metadata.put("bn_eps", Double.toString(eps)));
    card.mean().ifPresent(mean -> metadata.put("mean", joined(mean)));
    card.std().ifPresent(std -> metadata.put("std", joined(std)));
    card.interpolation().ifPresent(filter -> metadata.put("interpolation", key(filter)));
    card.cropFraction().ifPresent(part -> metadata.put("crop_fraction", Double.toString(part)));
    card.inputSize().ifPresent(size -> metadata.put("input_size", Integer.toString(size)));
    card.classes().ifPresent(count -> metadata.put("num_classes", Integer.toString(count)));
    if (!card.identityBlocks().isEmpty()) {
      metadata.put("identity_blocks", joined(new TreeSet<>(card.identityBlocks())));
    }
    if (!card.missing().isEmpty()) {
      metadata.put("missing", joined(new TreeSet<>(card.missing())));
    }
    return metadata;
  }

  private static <E extends Enum<E>> E constant(E[] values, String text) {
    return Arrays.stream(values)
        .filter(value -> key(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "allowed are "
                        + Arrays.stream(values)
                            .map(CardText::key)
                            .collect(Collectors.joining(", "))));
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static <N> N number(String text, Function<String, N> parse) {
    try {
      return parse.apply(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("it is not a number of that kind", e);
    }
  }

  private static List<Float> channels(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(channel -> number(channel.strip(), Float::parseFloat))
        .toList();
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String joined(Iterable<?> values) {
    List<String> texts = new ArrayList<>();
    values.forEach(value -> texts.add(value.toString()));
    return String.join(",", texts);
  }
}
