package org.food4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.food4j.server.api.ServerSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Options win over the environment, and that over loopback. */
class ListenAddressTest {
  private static final Map<String, String> CONTAINER =
      Map.of("FOOD_HOST", "0.0.0.0", "FOOD_PORT", "9000");

  /** As the command line has it, host and port in one. */
  private static String address(Map<String, String> environment, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--model", "model.onnx"));
    arguments.addAll(List.of(options));
    ServerSettings settings =
        CommandLine.populateCommand(new ServerOptions(), arguments.toArray(String[]::new))
            .settings(environment);
    return settings.host() + ":" + settings.port();
  }

  @Test
  void address_ofNothingGiven_isLoopback() throws Exception {
    assertThat(address(Map.of())).isEqualTo("127.0.0.1:8080");
    assertThat(address(Map.of("FOOD_HOST", "", "FOOD_PORT", " "))).isEqualTo("127.0.0.1:8080");
  }

  @Test
  void address_ofTheEnvironment_holdsWhereNoOptionDoes() throws Exception {
    assertThat(address(CONTAINER)).isEqualTo("0.0.0.0:9000");
    assertThat(address(CONTAINER, "--port", "0")).isEqualTo("0.0.0.0:0");
    assertThat(address(CONTAINER, "--host", "127.0.0.1")).isEqualTo("127.0.0.1:9000");
    assertThat(address(Map.of("FOOD_PORT", "none"), "--port", "1")).isEqualTo("127.0.0.1:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp://10.0.0.1:80", "65536", "-1", "80.0", "999999999999"})
  void port_thatIsNone_isRefusedWithWhoSaidIt(String port) {
    assertThatThrownBy(() -> address(Map.of("FOOD_PORT", port)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("FOOD_PORT", "65535", "'" + port + "'");
    assertThatThrownBy(() -> ListenAddress.of(Optional.empty(), Optional.of(port), CONTAINER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--port is a port")
        .hasMessageContaining("'" + port + "'");
  }

  @Test
  void host_thatIsNone_isRefusedWithWhoSaidIt() {
    assertThatThrownBy(() -> address(Map.of("FOOD_HOST", "http://0.0.0.0")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("FOOD_HOST", "'http://0.0.0.0'");
    assertThatThrownBy(() -> address(CONTAINER, "--host", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("--host is a name or an address");
  }

  @Test
  void host_ofVersion6_isWithoutBrackets() throws Exception {
    for (String host : List.of("::1", "[::1]", "fe80::1%eth0", "[::ffff:127.0.0.1]", "::")) {
      assertThat(address(CONTAINER, "--host", host))
          .isEqualTo(host.replace("[", "").replace("]", "") + ":9000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1", "::1]", "[localhost]", "localhost:80", "[::1]:80", "[]", "a|b"})
  void host_thatNothingListensOn_isRefusedBeforeModelsAreOpened(String host) {
    assertThatThrownBy(() -> address(CONTAINER, "--host", host))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--host is", "::1", "'" + host + "'");
  }
}
