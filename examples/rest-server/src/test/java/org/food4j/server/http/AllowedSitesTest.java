package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people write for origins and names, and what browsers send. */
class AllowedSitesTest {
  @ParameterizedTest
  @CsvSource({
    "https://example.org, https://example.org",
    "https://example.org/, https://example.org",
    "https://Example.ORG, https://example.org",
    "HTTPS://example.org:443, https://example.org",
    "http://example.org:80/, http://example.org",
    "http://example.org:0080, http://example.org",
    "https://example.org:80, https://example.org:80",
    "http://localhost:3000, http://localhost:3000",
    "http://[::1]:8080, http://[::1]:8080",
    "capacitor://localhost, capacitor://localhost",
    "*, *"
  })
  void origin_howeverWritten_isAsBrowsersSendIt(String given, String sent) {
    assertThat(new AllowedSites(Set.of(given), Set.of()).origins()).containsExactly(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.org",
        "null",
        "https://",
        "https://example.org/path",
        "https://example.org//",
        "https://example.org?",
        "https://example.org#a",
        "https://me@example.org",
        "https://*.example.org",
        "https://b\u00fccher.example",
        "https://example.org:",
        "https://example.org:65536",
        "https://example.org:port",
        "https://a.example,https://b.example",
        "https://a.example https://b.example"
      })
  void origin_thatNoBrowserSends_isRefusedWithTheForm(String given) {
    assertThatThrownBy(() -> new AllowedSites(Set.of(given), Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--cors", "https://example.org", "'" + given + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "Food.Example, food.example",
    "' localhost ', localhost",
    "192.168.0.7, 192.168.0.7",
    "::1, [::1]",
    "[FE80::1], [fe80::1]"
  })
  void host_howeverWritten_isAsInTheHeader(String given, String sent) {
    assertThat(new AllowedSites(Set.of(), Set.of(given)).hosts()).containsExactly(sent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "food.example:80",
        "http://food.example",
        "a b",
        "a/b",
        "[a]b",
        "[::1]:1"
      })
  void host_thatIsNoName_isRefusedWithTheForm(String given) {
    assertThatThrownBy(() -> new AllowedSites(Set.of(), Set.of(given)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--allow-host", "FOOD_ALLOWED_HOSTS", "'" + given + "'");
  }

  @Test
  void sites_writtenTwice_areOne() {
    assertThat(
            new AllowedSites(Set.of("https://a.example", "https://A.example:443"), Set.of("b", "B"))
                .origins())
        .hasSize(1);
  }
}
