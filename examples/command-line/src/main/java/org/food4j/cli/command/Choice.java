package org.food4j.cli.command;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The values of an option that takes one of a few words, by the words that users write: read in any
 * case, and listed in help and errors. Picocli's own lists are of the constants' Java names.
 */
abstract class Choice<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
  private final Class<E> type;
  private final Function<E, String> key;

  /**
   * @param key a constant's word
   */
  Choice(Class<E> type, Function<E, String> key) {
    this.type = type;
    this.key = key;
  }

  @Override
  public final E convert(String value) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> key.apply(constant).equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of %s, not '%s'".formatted(String.join(", ", this), value)));
  }

  @Override
  public final Iterator<String> iterator() {
    return Arrays.stream(type.getEnumConstants()).map(key).iterator();
  }
}
