package org.food4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.food4j.server.testing.Answered;
import org.food4j.server.testing.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers send for pages of other web sites, and what they and programs are answered. */
class CrossSiteTest extends WebServerFixture {
  private static final String SITE = "https://a.example";

  /** As a form does: a simple request, before which a browser asks nothing. */
  private Answered post(String host, String... headers) throws IOException {
    return asked("POST /length", host, headers);
  }

  private Answered asked(String start, String host, String... headers) throws IOException {
    String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    try (RawClient client = new RawClient(server.address())) {
      client.send(
          "%s HTTP/1.1\r\nHost: %s\r\n%sContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nabc"
              .formatted(start, host, lines));
      return client.read(start.split(" ")[0]).orElseThrow();
    }
  }

  private String port() {
    return ":" + server.address().getPort();
  }

  @Test
  void post_ofAnotherSitesPage_isRefusedWithWhatAllowsIt() throws IOException {
    Answered refused = post("localhost" + port(), "Origin: " + SITE);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.json().get("type").asText()).isEqualTo("urn:food4j:problem:forbidden");
    assertThat(refused.json().get("detail").asText()).contains("'" + SITE + "'", "--cors " + SITE);
    assertThat(refused.header("access-control-allow-origin")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: null",
        "Origin: http://localhost", // of port 80
        "Origin: http://localhost:1",
        "Origin: http://localhost.evil.example",
        "Origin: no origin at all",
        "Origin: https://a.example\r\nX-Forwarded-Host: a.example",
        "Origin: https://a.example\r\nSec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void post_ofForeignPages_isRefused(String headers) throws IOException {
    assertThat(post("localhost" + port(), headers).status()).isEqualTo(403);
  }

  @Test
  void post_ofAForeignPage_isRefusedBeforeItsKeyCounts() throws IOException {
    start("127.0.0.1", LIMITS, ApiKeys.read(keyFile()), Set.of());
    assertThat(post("localhost", "Origin: " + SITE).status()).as("without a key").isEqualTo(403);
    assertThat(post("localhost", "X-API-Key: " + KEY, "Origin: " + SITE).status()).isEqualTo(403);
    assertThat(post("localhost").status()).isEqualTo(401);
    assertThat(post("localhost", "X-API-Key: " + KEY).status()).isEqualTo(200);
  }

  private Path keyFile() throws IOException {
    return Files.writeString(folder.resolve("keys"), KEY);
  }

  @Test
  void post_ofTheServersOwnPage_isAnswered() throws IOException {
    for (String name : new String[] {"localhost", "127.0.0.1", "[::1]"}) {
      String host = name + port();
      assertThat(post(host, "Origin: http://" + host).status()).as(host).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "food.example, https://food.example", // a proxy does TLS, the name goes through
    "food.example:443, https://food.example",
    "food.example:8443, https://food.example:8443",
    "Food.Example, http://food.example",
    "food.example, http://food.example:80",
  })
  void post_ofTheOwnPageBehindAProxy_isAnswered(String host, String origin) throws IOException {
    start("0.0.0.0", LIMITS, ApiKeys.NONE, Set.of());
    assertThat(post(host, "Origin: " + origin).status()).isEqualTo(200);
  }

  @Test
  void post_thatTheBrowserCallsItsOwnPages_isAnsweredWhateverTheProxyMadeOfTheHost()
      throws IOException {
    assertThat(post("127.0.0.1", "Origin: " + SITE, "Sec-Fetch-Site: same-origin").status())
        .isEqualTo(200);
  }

  @Test
  void post_ofProgramsThatAreNoBrowsers_isAnswered() throws IOException {
    assertThat(post("127.0.0.1" + port()).text()).isEqualTo("3");
    assertThat(post("127.0.0.1" + port(), "Sec-Fetch-Site: none").status()).isEqualTo(200);
    assertThat(sent("POST /length HTTP/1.0\r\nContent-Length: 1\r\n\r\na").status()).isEqualTo(200);
  }

  @Test
  void post_ofASiteThatCorsNames_isAnsweredToIt() throws IOException {
    start("127.0.0.1", LIMITS, ApiKeys.NONE, Set.of(SITE));
    Answered named = post("localhost" + port(), "Origin: " + SITE, "Sec-Fetch-Site: cross-site");
    assertThat(named.status()).isEqualTo(200);
    assertThat(named.header("access-control-allow-origin")).contains(SITE);
    assertThat(post("localhost", "Origin: https://b.example").status()).isEqualTo(403);
    start("127.0.0.1", LIMITS, ApiKeys.NONE, Set.of("*"));
    assertThat(post("localhost", "Origin: https://b.example").status()).isEqualTo(200);
  }

  @Test
  void reading_acrossSites_isLeftToTheBrowsersPolicy() throws IOException {
    for (String method : new String[] {"GET", "HEAD"}) {
      Answered answer = ask(method, "/open", Map.of("Origin", SITE));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }
    Answered preflight = ask("OPTIONS", "/length", Map.of("Origin", SITE));
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("access-control-allow-methods")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "notlocalhost",
        "192.168.0.1",
        "[::2]:80"
      })
  void loopback_calledByAnotherName_is421(String host) throws IOException {
    Answered misdirected =
        post(host, "Origin: http://" + host, "Sec-Fetch-Site: same-origin"); // as after rebinding
    assertThat(misdirected.status()).isEqualTo(421);
    assertThat(misdirected.json().get("detail").asText())
        .contains("'" + host + "'", "--allow-host " + host.replaceFirst(":\\d+$", ""));
    assertThat(asked("GET /open", host).status()).isEqualTo(421);
    assertThat(asked("GET /nowhere", host).status()).isEqualTo(421);
    assertThat(asked("GET /open", host, "X-Forwarded-Host: localhost").status()).isEqualTo(421);
    assertThat(asked("GET /v2/health/live", host).status()).as("a probe").isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:1",
        "localhost.:80",
        "food.localhost:9",
        "127.0.0.1",
        "127.9.8.7:65535",
        "[::1]:8080"
      })
  void loopback_calledByItsNames_answersWhateverThePort(String host) throws IOException {
    assertThat(asked("GET /open", host).status()).isEqualTo(200);
  }

  @Test
  void loopback_behindAProxyThatCorsNames_answersToItsName() throws IOException {
    start("127.0.0.1", LIMITS, ApiKeys.NONE, Set.of(SITE));
    assertThat(post("a.example", "Origin: " + SITE).status()).isEqualTo(200);
    assertThat(asked("GET /open", "b.example").status()).isEqualTo(421);
  }

  @Test
  void anyAddress_calledByAnyName_answers() throws IOException {
    start("0.0.0.0", LIMITS, ApiKeys.NONE, Set.of());
    assertThat(post("10.1.2.3:8080").status()).isEqualTo(200);
    assertThat(asked("GET /open", "food.example").status()).isEqualTo(200);
    assertThat(post("food.example", "Origin: " + SITE).status()).isEqualTo(403);
  }

  /**
   * A server in a container listens on all addresses, and pages still call it by their own name.
   */
  @Test
  void anyAddress_thatWasToldItsNames_answersToTheseAndLoopbacksAlone() throws IOException {
    start("0.0.0.0", LIMITS, ApiKeys.NONE, names("Food.Example", "::5", "10.1.2.3"));
    for (String name : new String[] {"food.example", "FOOD.example:80", "[::5]:1", "10.1.2.3:80"}) {
      assertThat(asked("GET /open", name).status()).as(name).isEqualTo(200);
    }
    for (String name : new String[] {"localhost:8080", "127.0.0.1"}) {
      assertThat(post(name, "Origin: http://" + name).status()).as(name).isEqualTo(200);
    }
    for (String name : new String[] {"evil.example", "evil.example:8080", "0.food.example"}) {
      Answered rebound = post(name, "Origin: http://" + name, "Sec-Fetch-Site: same-origin");
      assertThat(rebound.status()).as(name).isEqualTo(421);
      assertThat(asked("GET /open", name).status()).as(name).isEqualTo(421);
      assertThat(asked("GET /v2/health/live", name).status()).as("a probe").isEqualTo(200);
    }
  }

  @Test
  void loopback_thatWasToldMoreNames_answersToThemToo() throws IOException {
    start("127.0.0.1", LIMITS, ApiKeys.NONE, names("food.example"));
    assertThat(asked("GET /open", "food.example").status()).isEqualTo(200);
    assertThat(asked("GET /open", "localhost").status()).isEqualTo(200);
    assertThat(asked("GET /open", "evil.example").status()).isEqualTo(421);
  }

  @Test
  void names_ofAServerThatAllSitesMayAsk_countNevertheless() throws IOException {
    start(
        "0.0.0.0",
        LIMITS,
        ApiKeys.NONE,
        new AllowedSites(Set.of("*", SITE), Set.of("food.example")));
    assertThat(asked("GET /open", "food.example").status()).isEqualTo(200);
    assertThat(asked("GET /open", "a.example").status()).as("of the site's").isEqualTo(200);
    assertThat(asked("GET /open", "evil.example").status()).isEqualTo(421);
  }

  private static AllowedSites names(String... names) {
    return new AllowedSites(Set.of(), Set.of(names));
  }
}
