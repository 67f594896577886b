package org.food4j.train.search;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values that one recipe key takes in a sweep.
 *
 * <p>Written {@code key=v1,v2,...}. Commas within brackets or quotes belong to a value, so that
 * {@code milestones=[20,30],[25,35]} has two values and {@code weights='a,b.safetensors'} one.
 * {@code key=LOW..HIGH} is a range to draw from.
 */
public sealed interface Dimension {
  /** The recipe's key. */
  String key();

  /**
   * A value drawn at random.
   *
   * @return as it is written after {@code key=}
   */
  String draw(SplittableRandom random);

  /**
   * Values one by one, at least one.
   *
   * @param values as they are written after {@code key=}
   */
  record Choices(String key, List<String> values) implements Dimension {
    /**
     * Copies the values.
     *
     * @throws IllegalArgumentException if there is none, one is empty, or one stands there twice
     */
    public Choices {
      values = List.copyOf(values);
      if (values.isEmpty() || values.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(
            "A sweep is told values for %s: %s=v1,v2, not %s".formatted(key, key, values));
      }
      if (values.stream().distinct().count() < values.size()) {
        throw new IllegalArgumentException(
            "A sweep takes each value of %s once, not %s".formatted(key, values));
      }
    }

    @Override
    public String draw(SplittableRandom random) {
      return values.get(random.nextInt(values.size()));
    }
  }

  /**
   * All numbers between two, both included. Real numbers are drawn by their logarithm where both
   * ends are above 0, otherwise evenly, and have four significant digits; whole numbers are drawn
   * evenly.
   *
   * @param low finite
   * @param high above {@code low}
   * @param whole whether only whole numbers count
   */
  record Range(String key, double low, double high, boolean whole) implements Dimension {
    private static final MathContext DIGITS = new MathContext(4);
    private static final String NUMBER = "([+-]?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)";
    private static final Pattern FORM = Pattern.compile(NUMBER + "\\s*\\.\\.\\s*" + NUMBER);
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d+");

    /**
     * Checks the ends.
     *
     * @throws IllegalArgumentException if they are not finite or not in that order
     */
    public Range {
      if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high)) {
        throw new IllegalArgumentException(
            "A range goes from a lower number to a higher one, unlike %s=%s..%s"
                .formatted(key, low, high));
      }
    }

    @Override
    public String draw(SplittableRandom random) {
      if (whole) {
        return Long.toString(random.nextLong((long) low, (long) high + 1));
      }
      double drawn =
          low > 0
              ? Math.exp(Math.log(low) + random.nextDouble() * Math.log(high / low))
              : low + random.nextDouble() * (high - low);
      double rounded = new BigDecimal(drawn).round(DIGITS).doubleValue();
      return Double.toString(Math.min(high, Math.max(low, rounded)));
    }
  }

  /**
   * What {@code key=v1,v2,...} or {@code key=LOW..HIGH} says.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Dimension parse(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "A sweep's setting is written key=v1,v2 or key=LOW..HIGH, not '%s'".formatted(setting));
    }
    String key = setting.substring(0, equals).strip();
    String text = setting.substring(equals + 1).strip();
    Matcher range = Range.FORM.matcher(text);
    if (range.matches()) {
      return new Range(
          key,
          Double.parseDouble(range.group(1)),
          Double.parseDouble(range.group(2)),
          Range.WHOLE.matcher(range.group(1)).matches()
              && Range.WHOLE.matcher(range.group(2)).matches());
    }
    return new Choices(key, values(text));
  }

  private static List<String> values(String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    int depth = 0;
    char quote = 0;
    for (char c : text.toCharArray()) {
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if ((c == '\'' || c == '"') && value.toString().isBlank()) {
        quote = c;
      } else if (c == '[') {
        depth++;
      } else if (c == ']') {
        depth--;
      } else if (c == ',' && depth == 0) {
        values.add(value.toString().strip());
        value.setLength(0);
        continue;
      }
      value.append(c);
    }
    if (depth != 0 || quote != 0) {
      throw new IllegalArgumentException(
          "A bracket or quote is not closed, or closed without being opened, in '%s'"
              .formatted(text));
    }
    values.add(value.toString().strip());
    return values;
  }
}
