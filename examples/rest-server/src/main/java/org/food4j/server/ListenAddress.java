package org.food4j.server;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the server listens: as an option says, else as a variable of the environment does, which
 * holds whatever else a container's command is replaced by, else on loopback.
 *
 * @param host a name or an address, of version 6 without brackets
 * @param port 0 for any that is free
 */
record ListenAddress(String host, int port) {
  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final String DEFAULT_PORT = "8080";
  private static final int LAST_PORT = 65_535;

  private static final String ADDRESS_6 =
      "[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f.:]*(?:%[\\w.-]+)?";

  private static final Pattern HOST =
      Pattern.compile("[\\w.-]+|" + ADDRESS_6 + "|\\[(" + ADDRESS_6 + ")]");

  /** A setting, and who said it. */
  private record Said(String value, String by) {
    static Said of(
        Optional<String> given,
        String option,
        Map<String, String> environment,
        String variable,
        String otherwise) {
      if (given.isPresent()) {
        return new Said(given.get().strip(), option);
      }
      // an empty variable is one that is not set: compose files write them so
      String value = environment.getOrDefault(variable, "").strip();
      return new Said(value.isEmpty() ? otherwise : value, "The variable " + variable);
    }
  }

  /**
   * Decides.
   *
   * @param host what {@code --host} says
   * @param port what {@code --port} says
   * @param environment where FOOD_HOST and FOOD_PORT may stand
   * @throws IllegalArgumentException if the host is none or the port is none, with who said so
   */
  static ListenAddress of(
      Optional<String> host, Optional<String> port, Map<String, String> environment) {
    Said address = Said.of(host, "--host", environment, "FOOD_HOST", DEFAULT_HOST);
    // brackets, which tell an address of version 6 from its port, belong to URLs and not to it
    Matcher given = HOST.matcher(address.value);
    if (!given.matches()) {
      throw new IllegalArgumentException(
          "%s is a name or an address such as 127.0.0.1, ::1 or 0.0.0.0, without a port, not '%s'"
              .formatted(address.by, address.value));
    }
    String bare = given.group(1) == null ? address.value : given.group(1);
    Said number = Said.of(port, "--port", environment, "FOOD_PORT", DEFAULT_PORT);
    if (!number.value.matches("\\d{1,5}") || Integer.parseInt(number.value) > LAST_PORT) {
      throw new IllegalArgumentException(
          "%s is a port, 0 for any that is free to %d, not '%s'"
              .formatted(number.by, LAST_PORT, number.value));
    }
    return new ListenAddress(bare, Integer.parseInt(number.value));
  }
}
