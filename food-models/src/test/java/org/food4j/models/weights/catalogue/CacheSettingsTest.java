package org.food4j.models.weights.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheSettingsTest {
  private static final Path HOME = Path.of("/home/cook");

  @Test
  void settings_ofAnEmptyEnvironment_areTheHubAndTheHome() {
    assertThat(CacheSettings.of(Map.of("FOOD4J_CACHE", " "), HOME))
        .isEqualTo(
            new CacheSettings(
                HOME.resolve(".cache/food4j/weights"),
                URI.create("https://huggingface.co"),
                false,
                CacheSettings.PATIENCE));
  }

  @Test
  void settings_ofOurVariables_winOverTheFields() {
    CacheSettings settings =
        CacheSettings.of(
            Map.of(
                "FOOD4J_CACHE", "/big/cache",
                "XDG_CACHE_HOME", "/xdg",
                "FOOD4J_MIRROR", "https://mirror.example",
                "HF_ENDPOINT", "https://other.example",
                "FOOD4J_OFFLINE", "0",
                "HF_HUB_OFFLINE", "1"),
            HOME);
    assertThat(settings.directory()).isEqualTo(Path.of("/big/cache/weights"));
    assertThat(settings.base()).hasToString("https://mirror.example");
    assertThat(settings.offline()).isFalse();
  }

  @Test
  void settings_ofTheFieldsVariables_areHeard() {
    CacheSettings settings =
        CacheSettings.of(
            Map.of(
                "XDG_CACHE_HOME", "/xdg",
                "HF_ENDPOINT", "http://other.example:8080",
                "HF_HUB_OFFLINE", "True"),
            HOME);
    assertThat(settings.directory()).isEqualTo(Path.of("/xdg/food4j/weights"));
    assertThat(settings.base()).hasToString("http://other.example:8080");
    assertThat(settings.offline()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://mirror.example", "mirror.example", "https:///path", "::bad", "a mirror"})
  void base_thatIsNoWebAddress_isRefused(String base) {
    for (String variable : List.of("FOOD4J_MIRROR", "HF_ENDPOINT")) {
      assertThatThrownBy(() -> CacheSettings.of(Map.of(variable, base), HOME))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The environment's %s is a web address such as https://huggingface.co, not '%s':"
                  + " correct it or unset it",
              variable, base);
    }
    assertThatThrownBy(
            () -> new CacheSettings(HOME, CacheSettings.HUB, false, Duration.ofMillis(0)))
        .hasMessageContaining("longer than 0");
  }

  @ParameterizedTest
  @CsvSource({
    // the proxy's variable, no_proxy, address, expected
    "https_proxy, '', https://huggingface.co/x, proxy.example:3128",
    "HTTPS_PROXY, '', https://huggingface.co/x, proxy.example:3128",
    "https_proxy, '', http://huggingface.co/x, ''",
    "http_proxy, '', http://huggingface.co/x, proxy.example:3128",
    "HTTP_PROXY, '', http://huggingface.co/x, ''",
    "all_proxy, '', https://huggingface.co/x, proxy.example:3128",
    "https_proxy, 'localhost,.co', https://huggingface.co/x, ''",
    "https_proxy, huggingface.co, https://cdn.huggingface.co/x, ''",
    "https_proxy, face.co, https://huggingface.co/x, proxy.example:3128",
    "https_proxy, *, https://huggingface.co/x, ''",
    "https_proxy, 'a b:8443', https://b:8443/x, ''",
    "https_proxy, huggingface.co:443, https://huggingface.co/x, ''",
    "https_proxy, huggingface.co:80, https://huggingface.co/x, proxy.example:3128",
    "http_proxy, huggingface.co:80, http://huggingface.co/x, ''",
  })
  void proxy_ofTheEnvironment_isThatOfOtherPrograms(
      String variable, String direct, String address, String expected) {
    var selector =
        ProxyChoice.of(
            new Properties(),
            Map.of(variable, "http://me:secret@proxy.example:3128", "no_proxy", direct));
    List<Proxy> chosen = selector.select(URI.create(address));
    if (expected.isEmpty()) {
      assertThat(chosen).containsExactly(Proxy.NO_PROXY);
    } else {
      InetSocketAddress proxy = (InetSocketAddress) chosen.get(0).address();
      assertThat(proxy.getHostString() + ":" + proxy.getPort()).isEqualTo(expected);
    }
  }

  @Test
  void proxy_ofJavasSettings_wins() {
    Properties java = new Properties();
    java.setProperty("https.proxyHost", "other.example");
    assertThat(ProxyChoice.of(java, Map.of("https_proxy", "http://proxy.example")))
        .isNotInstanceOf(ProxyChoice.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy, http://me:sec ret@host:3128, http://***@host:3128",
    "HTTPS_PROXY, http://me:sec#ret@host:3128, http://***@host:3128",
    "all_proxy, http://me:12#s@cret@host:3128, http://***@host:3128",
    "https_proxy, me:s/cret@host:3128, ***@host:3128",
    "all_proxy, socks5://me:secret@host:1080, socks5://***@host:1080",
    "all_proxy, socks5h://host:1080, socks5h://host:1080",
    "https_proxy, https://me:secret@host:443, https://***@host:443",
  })
  void proxy_thatCannotBeUsed_isRefusedByItsVariableWithoutThePassword(
      String variable, String value, String shown) {
    var selector = ProxyChoice.of(new Properties(), Map.of(variable, value));
    assertThatThrownBy(() -> selector.select(URI.create("https://huggingface.co")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("The environment's %s is '%s': ".formatted(variable, shown))
        .hasMessageContaining("http://host:port");
  }

  @Test
  void proxy_thatIsNoAddress_isRefused() {
    var selector = ProxyChoice.of(new Properties(), Map.of("https_proxy", "http://:3128"));
    assertThatThrownBy(() -> selector.select(URI.create("https://huggingface.co")))
        .hasMessageContaining("'http://:3128'");
  }
}
