package org.food4j.models.weights.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.data.file.DirectoryLock;
import org.food4j.data.file.DirectoryPlace;
import org.food4j.data.file.Sha256;
import org.food4j.models.weights.Safetensors;
import org.food4j.models.weights.SafetensorsWriter;
import org.food4j.models.weights.WeightsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsCacheTest {
  private static final PublicWeights RESNET = PublicCatalogue.named("resnet18.a1_in1k");
  private static final String TAG = "\"v1\"";

  @TempDir Path folder;

  private byte[] content;
  private Path cached;

  @BeforeEach
  void makeContent() throws IOException {
    Path file = folder.resolve("made");
    float[] values = new float[100_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    var entry = new SafetensorsWriter.Entry("x", new long[] {values.length}, () -> values);
    SafetensorsWriter.write(file, List.of(entry), Map.of("format", "pt"));
    content = Files.readAllBytes(file);
    cached = folder.resolve("cache/resnet18.a1_in1k.safetensors");
  }

  @Test
  void file_ofTheHub_isDownloadedPinnedAndAskedForOnce() throws IOException {
    List<String> progress = new ArrayList<>();
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      WeightsCache cache = cache(hub);
      assertThat(cache.holds(RESNET)).isFalse();
      Path file = cache.get(RESNET, (done, total) -> progress.add(done + "/" + total));
      assertThat(file).isEqualTo(cached).hasBinaryContent(content);
      assertThat(Safetensors.open(file).values("x")).hasSize(100_000);
      assertThat(progress).last().isEqualTo(content.length + "/" + content.length);
      assertThat(cache.get(RESNET, DownloadProgress.NONE)).isEqualTo(file);
      assertThat(hub.requests())
          .containsExactly(
              new Hub.Request("/timm/resnet18.a1_in1k/resolve/main/model.safetensors", null, null));
    }
    assertThat(cached.resolveSibling("resnet18.a1_in1k.safetensors.sha256"))
        .hasContent(Sha256.of(content) + "  resnet18.a1_in1k.safetensors");
    assertOnlyFileAndPin();
  }

  @Test
  void download_thatBreaksOff_isResumedWhereItStopped() throws IOException {
    List<Long> progress = new ArrayList<>();
    try (Hub hub =
        new Hub(
            Hub.part(content, TAG, 150_000),
            Hub.status(503),
            Hub.part(content, TAG, 300_000),
            Hub.file(content, TAG))) {
      cache(hub).get(RESNET, (done, total) -> progress.add(done));
      assertThat(cached).hasBinaryContent(content);
      assertThat(hub.requests()).hasSize(4);
      assertThat(hub.requests().subList(1, 4)).allMatch(r -> TAG.equals(r.ifRange()));
      assertThat(hub.requests().get(3).range()).isEqualTo("bytes=300000-");
      assertThat(progress).isSorted();
    }
    assertOnlyFileAndPin();
  }

  @Test
  void download_thatKeepsBreakingOff_isResumedByTheNextRun() throws IOException {
    int kept;
    try (Hub hub = new Hub(Hub.part(content, TAG, 100_000), Hub.status(502))) {
      kept = keptBytes(cache(hub), "answers 502; gave up after 4 attempts");
      assertThat(kept).isBetween(1, 100_000);
    }
    assertThat(cached).doesNotExist();
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      cache(hub).get(RESNET, DownloadProgress.NONE);
      assertThat(hub.requests())
          .extracting(Hub.Request::range)
          .containsExactly("bytes=" + kept + "-");
    }
    assertThat(cached).hasBinaryContent(content);
  }

  @Test
  void download_thatBeginsAnewEachTime_isGivenUpHoweverFarItComes() throws IOException {
    Hub.Answer[] further = new Hub.Answer[8];
    for (int i = 0; i < further.length; i++) {
      further[i] = Hub.part(content, "W/\"v1\"", 10_000 * (i + 1));
    }
    try (Hub hub = new Hub(further)) {
      assertThat(keptBytes(cache(hub), "gave up after 4 attempts")).isBetween(1, 40_000);
      assertThat(hub.requests()).hasSize(4);
    }
  }

  @Test
  void file_thatChangedMeanwhile_isFetchedAnew() throws IOException {
    byte[] older = content.clone();
    older[content.length - 1] ^= 1;
    older[50_000] ^= 1;
    try (Hub hub = new Hub(Hub.part(older, "\"v0\"", 100_000), Hub.file(content, TAG))) {
      cache(hub).get(RESNET, DownloadProgress.NONE);
      assertThat(cached).hasBinaryContent(content);
    }
  }

  @Test
  void file_withoutAStrongTag_isNotResumed() throws IOException {
    try (Hub hub = new Hub(Hub.part(content, "W/\"v1\"", 100_000), Hub.file(content, TAG))) {
      cache(hub).get(RESNET, DownloadProgress.NONE);
      assertThat(hub.requests()).extracting(Hub.Request::range).containsOnlyNulls();
    }
    assertThat(cached).hasBinaryContent(content);
  }

  @Test
  void download_thatWasCompleteWhenItsProcessEnded_isTaken() throws IOException {
    PartialFile partial = PartialFile.of(cached);
    Files.createDirectories(cached.getParent());
    Files.write(partial.file(), content);
    Files.writeString(partial.tag(), TAG);
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      cache(hub).get(RESNET, DownloadProgress.NONE);
      assertThat(hub.requests()).hasSize(1);
    }
    assertThat(cached).hasBinaryContent(content);
    assertOnlyFileAndPin();
  }

  @Test
  void server_thatFallsSilent_isGivenUp() throws IOException {
    Hub.Answer silent =
        exchange -> {
          Hub.part(content, TAG, 1000).to(exchange);
          try {
            Thread.sleep(5000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (Hub hub = new Hub(silent, Hub.file(content, TAG))) {
      long start = System.nanoTime();
      cache(hub, Duration.ofMillis(400)).get(RESNET, DownloadProgress.NONE);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(hub.requests()).hasSize(2);
    }
    assertThat(cached).hasBinaryContent(content);
  }

  @ParameterizedTest
  @CsvSource({
    "404, no such file",
    "401, access denied",
    "403, a proxy or mirror",
    "407, https_proxy=http://user:password@host:port",
    "418, the server answers 418",
  })
  void refusal_ofTheServer_isExplainedAndNotRepeated(int status, String reason) throws IOException {
    try (Hub hub = new Hub(Hub.status(status))) {
      assertRefused(cache(hub), reason);
      assertThat(hub.requests()).hasSize(1);
    }
  }

  @Test
  void page_ofAProxy_isNoWeights() throws IOException {
    byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
    try (Hub hub = new Hub(Hub.file(page, TAG))) {
      assertRefused(cache(hub), "no safetensors file; a proxy's page, perhaps");
    }
    try (var left = Files.list(cached.getParent())) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void hash_thatTheHubAnnouncesBeforeItRedirects_isHeld() throws IOException {
    for (String hash : List.of(Sha256.of(content), "0".repeat(64))) {
      Hub.Answer redirect =
          exchange -> {
            exchange.getResponseHeaders().set("X-Linked-ETag", '"' + hash + '"');
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
          };
      try (Hub hub = new Hub(redirect, Hub.file(content, TAG))) {
        if (hash.startsWith("000000")) {
          Files.delete(cached);
          assertRefused(cache(hub), "but the hub announces 0000");
          assertThat(cached).doesNotExist();
        } else {
          cache(hub).get(RESNET, DownloadProgress.NONE);
          assertThat(hub.requests().get(1).path()).isEqualTo("/elsewhere");
        }
      }
    }
  }

  @Test
  void file_thatIsNotWhatItWas_isRefused() throws IOException {
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      WeightsCache cache = cache(hub);
      cache.get(RESNET, DownloadProgress.NONE);
      byte[] changed = content.clone();
      changed[changed.length - 1] ^= 1;
      Files.write(cached, changed);
      assertThatThrownBy(() -> cache.get(RESNET, DownloadProgress.NONE))
          .isInstanceOf(WeightsException.class)
          .hasMessageContaining(cached.toString())
          .hasMessageContaining("was changed; delete it to download it again");
    }
    Files.delete(cached);
    content[content.length - 1] ^= 1;
    try (Hub hub = new Hub(Hub.file(content, "\"v2\""))) {
      Path pin = cached.resolveSibling(cached.getFileName() + ".sha256");
      assertRefused(cache(hub), "or on the way; delete " + pin + " if the new version is wanted");
      assertThat(cached).doesNotExist();
      Files.delete(pin);
      cache(hub).get(RESNET, DownloadProgress.NONE);
    }
    assertThat(cached).hasBinaryContent(content);
  }

  @Test
  void offline_usesWhatIsThereAndSaysWhatIsNot() throws IOException {
    WeightsCache cache =
        new WeightsCache(settings(URI.create("https://mirror.example/hf/")).withOffline(true));
    assertRefused(
        cache,
        "https://mirror.example/hf/timm/resnet18.a1_in1k/resolve/main/model.safetensors: not in"
            + " the cache, and downloads are off: fetch it elsewhere and put it at "
            + cached);
    Files.createDirectories(cached.getParent());
    Files.write(cached, content);
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    assertThat(cache.get(RESNET, DownloadProgress.NONE)).isEqualTo(cached);
    assertThat(new WeightsCache(settings(CacheSettings.HUB)).get(RESNET, DownloadProgress.NONE))
        .isEqualTo(cached);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> !before.contains(thread))
        .extracting(Thread::getName)
        .as("threads of a client")
        .noneMatch(name -> name.startsWith("HttpClient"));
    assertOnlyFileAndPin();
  }

  @Test
  void network_thatIsNotThere_isAnErrorThatNamesTheProxy() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    WeightsCache cache = cache(URI.create("http://localhost:" + port), Duration.ofSeconds(5));
    assertRefused(cache, "should https_proxy be set?");
  }

  @Test
  void proxy_ofTheEnvironment_isAsked() throws IOException {
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      ProxySelector proxy =
          ProxyChoice.of(new Properties(), Map.of("http_proxy", hub.base().toString()));
      CacheSettings settings = settings(URI.create("http://hub.invalid"));
      new WeightsCache(settings, proxy, Duration.ofMillis(1)).get(RESNET, DownloadProgress.NONE);
      assertThat(hub.requests()).hasSize(1);
    }
    assertThat(cached).hasBinaryContent(content);
  }

  @Test
  void proxy_thatCannotBeUsed_isRefusedBeforeAnythingIsAsked() throws IOException {
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      ProxySelector proxy =
          ProxyChoice.of(
              new Properties(), Map.of("all_proxy", "socks5://me:secret@localhost:1080"));
      CacheSettings settings = settings(hub.base());
      WeightsCache cache = new WeightsCache(settings, proxy, Duration.ofMillis(1));
      assertThatThrownBy(() -> cache.get(RESNET, DownloadProgress.NONE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("The environment's all_proxy is 'socks5://***@localhost:1080'");
      assertThat(hub.requests()).isEmpty();
    }
  }

  @Test
  void proxy_thatWantsAPassword_getsThatOfItsAddress() throws IOException {
    String expected =
        "Basic " + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8));
    Hub.Answer gate =
        exchange -> {
          if (expected.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
            Hub.file(content, TAG).to(exchange);
          } else {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"gate\"");
            exchange.sendResponseHeaders(407, -1);
          }
        };
    try (Hub hub = new Hub(gate)) {
      String address = hub.base().toString().replace("//", "//me:secret@");
      ProxySelector proxy = ProxyChoice.of(new Properties(), Map.of("http_proxy", address));
      CacheSettings settings = settings(URI.create("http://hub.invalid"));
      new WeightsCache(settings, proxy, Duration.ofMillis(1)).get(RESNET, DownloadProgress.NONE);
    }
    assertThat(cached).hasBinaryContent(content);
  }

  @Test
  void caches_thatWantTheSameFile_downloadItOnce() throws IOException {
    try (Hub hub = new Hub(Hub.file(content, TAG))) {
      List<CompletableFuture<Path>> both = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        WeightsCache cache = cache(hub);
        both.add(
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    return cache.get(RESNET, DownloadProgress.NONE);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }));
      }
      assertThat(both).extracting(CompletableFuture::join).containsOnly(cached);
      assertThat(hub.requests()).hasSize(1);
    }
  }

  @Test
  void download_ofAnotherProcessThatStandsStill_isNotWaitedForForever() throws IOException {
    Files.createDirectories(cached.getParent());
    Optional<DirectoryLock> lock = DirectoryLock.tryAcquire(DirectoryPlace.of(cached));
    try (DirectoryLock held = lock.orElseThrow();
        Hub hub = new Hub(Hub.file(content, TAG))) {
      assertThat(held).isNotNull();
      assertRefused(cache(hub, Duration.ofMillis(300)), "another process downloads it to");
      assertThat(hub.requests()).isEmpty();
    }
  }

  private void assertOnlyFileAndPin() throws IOException {
    try (var files = Files.list(cached.getParent())) {
      assertThat(files)
          .containsExactlyInAnyOrder(
              cached, cached.resolveSibling(cached.getFileName() + ".sha256"));
    }
  }

  /** At most those that were sent: a connection that breaks off may take some of them with it. */
  private static int keptBytes(WeightsCache cache, String reason) {
    Throwable refused = catchThrowable(() -> cache.get(RESNET, DownloadProgress.NONE));
    assertThat(refused).isInstanceOf(DownloadException.class).hasMessageContaining(reason);
    Matcher kept = Pattern.compile("(\\d+) bytes are kept").matcher(refused.getMessage());
    assertThat(kept.find()).as(refused.getMessage()).isTrue();
    return Integer.parseInt(kept.group(1));
  }

  private static void assertRefused(WeightsCache cache, String reason) {
    assertThatThrownBy(() -> cache.get(RESNET, DownloadProgress.NONE))
        .isInstanceOf(DownloadException.class)
        .hasMessageContaining("resnet18.a1_in1k/resolve/main/model.safetensors")
        .hasMessageContaining(reason);
  }

  private CacheSettings settings(URI base) {
    return new CacheSettings(folder.resolve("cache"), base, false, Duration.ofSeconds(20));
  }

  private WeightsCache cache(Hub hub) {
    return cache(hub, Duration.ofSeconds(20));
  }

  private WeightsCache cache(Hub hub, Duration patience) {
    return cache(hub.base(), patience);
  }

  private WeightsCache cache(URI base, Duration patience) {
    CacheSettings settings = new CacheSettings(folder.resolve("cache"), base, false, patience);
    return new WeightsCache(
        settings, ProxyChoice.of(new Properties(), Map.of()), Duration.ofMillis(1));
  }
}
