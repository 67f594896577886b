package org.food4j.train.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Recipes as YAML: the library's own by name, anybody's by path, single values over them. A key
 * left out has the value of {@value #DEFAULT}; an unknown key is an error.
 */
public final class RecipeFile {
  /** The recipe whose values fill the gaps of others. */
  public static final String DEFAULT = "scratch";

  /** A new head on frozen features of pretrained weights. */
  public static final String HEAD = "head";

  /** All of a pretrained network. */
  public static final String FINE_TUNE = "fine_tune";

  /** The last stages of a pretrained network, behind a frozen part. */
  public static final String LATE = "late";

  /** The recipes that come with the library. */
  public static final List<String> NAMES =
      List.of(DEFAULT, "quickstart", HEAD, LATE, FINE_TUNE, "baseline");

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
                  .stringQuotingChecker(new TextQuoting())
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .build();

  /** A file may be called {@code 1e3}: what does not begin as a word might be read as a number. */
  private static final class TextQuoting extends StringQuotingChecker.Default {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean needToQuoteValue(String value) {
      return super.needToQuoteValue(value)
          || value.isEmpty()
          || !Character.isLetter(value.codePointAt(0));
    }
  }

  private RecipeFile() {}

  /**
   * Reads a recipe.
   *
   * @param nameOrFile one of {@link #NAMES}, or a path to a YAML file
   * @param settings {@code key=value}, applied in order over the recipe
   * @throws IllegalArgumentException if a name, key or value is unknown or out of range
   * @throws IOException if the file cannot be read
   */
  public static Recipe read(String nameOrFile, Collection<String> settings) throws IOException {
    Map<String, Object> values = parse(DEFAULT, resource(DEFAULT));
    if (NAMES.contains(nameOrFile)) {
      values.putAll(parse(nameOrFile, resource(nameOrFile)));
    } else {
      Path file = Path.of(nameOrFile);
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            "There is no recipe '%s': use %s, or the path of a YAML file"
                .formatted(nameOrFile, String.join(", ", NAMES)));
      }
      override(values, parse(nameOrFile, Files.readString(file)), nameOrFile);
    }
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "A setting is written key=value, not '%s'".formatted(setting));
      }
      String key = setting.substring(0, equals).strip();
      override(values, parse(setting, key + ": " + setting.substring(equals + 1)), "--set");
    }
    return convert(values, nameOrFile);
  }

  /**
   * Whether somebody has chosen a key's value: a setting does, or a recipe of one's own. What the
   * library's recipes say is nobody's choice.
   *
   * @param nameOrFile as for {@link #read}; what is no recipe chooses nothing
   * @throws IOException if the file cannot be read
   */
  public static boolean chooses(String nameOrFile, Collection<String> settings, String key)
      throws IOException {
    return settings.stream().anyMatch(setting -> setting.split("=", 2)[0].strip().equals(key))
        || !NAMES.contains(nameOrFile)
            && Files.isRegularFile(Path.of(nameOrFile))
            && parse(nameOrFile, Files.readString(Path.of(nameOrFile))).containsKey(key);
  }

  /** A text as the value of a {@code key=value} setting, whatever characters it has. */
  public static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** What {@link #quoted} was made of; a text that is not quoted as it is. */
  public static String unquoted(String value) {
    String text = value.strip();
    return text.length() > 1 && text.startsWith("'") && text.endsWith("'")
        ? text.substring(1, text.length() - 1).replace("''", "'")
        : text;
  }

  /** The YAML that {@link #read} takes back to the same recipe. */
  public static String write(Recipe recipe) {
    try {
      return YAML.writeValueAsString(toMap(recipe));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A recipe always has a YAML form: " + recipe, e);
    }
  }

  /** The recipe's keys and values as in its file, in order. */
  public static Map<String, String> describe(Recipe recipe) {
    Map<String, String> values = new LinkedHashMap<>();
    toMap(recipe).forEach((key, value) -> values.put(key, String.valueOf(value)));
    return values;
  }

  private static Map<String, Object> toMap(Recipe recipe) {
    return YAML.convertValue(recipe, new TypeReference<>() {});
  }

  private static Recipe convert(Map<String, Object> values, String origin) {
    List<String> empty = values.keySet().stream().filter(key -> values.get(key) == null).toList();
    if (!empty.isEmpty()) {
      throw new IllegalArgumentException(
          "Recipe %s: no value is given for %s; leave the key out for the default"
              .formatted(origin, String.join(", ", empty)));
    }
    try {
      return YAML.convertValue(values, Recipe.class);
    } catch (IllegalArgumentException e) {
      // Jackson wraps both a wrong type and what the record's own validation says
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      String reason =
          cause instanceof JsonProcessingException json
              ? key(json) + reason(json)
              : cause.getMessage();
      throw new IllegalArgumentException("Recipe " + origin + ": " + reason, e);
    }
  }

  /** Jackson's words, but for a name that is none of a key's: those name Java classes. */
  private static String reason(JsonProcessingException problem) {
    return problem instanceof InvalidFormatException format && format.getTargetType().isEnum()
        ? "'%s' is none of %s"
            .formatted(
                format.getValue(),
                Arrays.stream(format.getTargetType().getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ")))
        : problem.getOriginalMessage();
  }

  /** The key that a wrong type stands at, where the parser knows it. */
  private static String key(JsonProcessingException problem) {
    return problem instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? mapping.getPath().get(0).getFieldName() + ": "
        : "";
  }

  private static void override(
      Map<String, Object> values, Map<String, Object> others, String origin) {
    List<String> unknown = new ArrayList<>();
    others.forEach(
        (key, value) -> {
          if (values.containsKey(key)) {
            values.put(key, value);
          } else {
            unknown.add("'" + key + "' (did you mean '" + nearest(key, values.keySet()) + "'?)");
          }
        });
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: a recipe has no key %s; its keys are %s"
              .formatted(origin, String.join(", ", unknown), String.join(", ", values.keySet())));
    }
  }

  private static String nearest(String key, Collection<String> known) {
    return known.stream()
        .min(
            Comparator.comparingInt(
                other -> LevenshteinDistance.getDefaultInstance().apply(key, other)))
        .orElseThrow();
  }

  private static Map<String, Object> parse(String origin, String yaml) {
    try {
      Map<String, Object> values =
          YAML.readValue(yaml, new TypeReference<LinkedHashMap<String, Object>>() {});
      return values == null ? new LinkedHashMap<>() : values;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          origin + ": not a recipe in YAML: " + e.getOriginalMessage(), e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream stream = RecipeFile.class.getResourceAsStream(name + ".yaml")) {
      if (stream == null) {
        throw new IllegalStateException("The library lacks its recipe " + name);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
