package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
  private static final Endpoint NONE = exchange -> {};

  @Test
  void add_pathPartlyOpen_isRefusedInEitherOrder() {
    for (String path : List.of("/things", "/things/{name}")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Routes().open("GET", path, NONE).add("DELETE", path, NONE))
          .withMessageStartingWith(
              "DELETE " + path + " needs a key, and what the path has already needs no key");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new Routes().add("DELETE", path, NONE).open("GET", path, NONE))
          .withMessageContaining("all methods of a path are open, or none is");
    }
  }

  @Test
  void add_methodTwice_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Routes().add("GET", "/a", NONE).add("GET", "/a", NONE))
        .withMessageContaining("GET /a is answered already");
  }

  @Test
  void find_pathOfSeveralMethods_isAsOpenAsAllOfThem() {
    Routes routes =
        new Routes()
            .open("GET", "/open", NONE)
            .open("POST", "/open", NONE)
            .add("GET", "/closed/{name}", NONE)
            .add("PUT", "/closed/{name}", NONE);
    assertThat(routes.find("/open").orElseThrow().route().open()).isTrue();
    Routes.Match closed = routes.find("/closed/x").orElseThrow();
    assertThat(closed.route().open()).isFalse();
    assertThat(closed.parameters()).isEqualTo(Map.of("name", "x"));
    assertThat(closed.route().allowed()).isEqualTo("GET, HEAD, OPTIONS, PUT");
    assertThat(routes.find("/closed")).isEmpty();
  }
}
