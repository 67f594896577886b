package org.food4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.food4j.server.api.ServerSettings;
import org.food4j.server.model.ModelSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What the options make of a machine's cores, of its heap, and of what cannot be meant. */
class ServerOptionsTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static ServerSettings settings(String... arguments) throws IOException {
    return settings(Map.of(), arguments);
  }

  private static ServerSettings settings(Map<String, String> environment, String... arguments)
      throws IOException {
    return options(arguments).settings(environment);
  }

  private static ServerOptions options(String... arguments) {
    ServerOptions options = new ServerOptions();
    new CommandLine(new Holder(options))
        .parseArgs(
            Stream.concat(Stream.of("--model", "food=food.onnx"), Stream.of(arguments))
                .toArray(String[]::new));
    return options;
  }

  @CommandLine.Command
  private record Holder(@CommandLine.Mixin ServerOptions options) {}

  /** However many models there are, they share the lanes: sessions at work x threads <= cores. */
  @Test
  void computing_unlessTold_takesNoMoreThreadsThanThereAreCores() throws IOException {
    for (ModelSettings computing :
        List.of(
            settings().computing(),
            settings("--model", "plants=plants.onnx", "--model", "fish=fish.onnx").computing(),
            ModelSettings.standard())) {
      assertThat(computing.threads() * computing.lanes()).isBetween(1, CORES);
    }
  }

  @Test
  void computing_threadsOfManyCores_areOneCallsAtATime() throws IOException {
    ModelSettings computing = settings("--threads", "96").computing();
    assertThat(computing.threads() * computing.lanes()).isLessThanOrEqualTo(96);
    assertThat(settings("--threads", "1").computing().threads()).isEqualTo(1);
  }

  /** More cores decode more photos at a time, and never more than the heap has room for. */
  @Test
  void decoders_ofManyCores_stayWithinTheHeap() throws IOException {
    long heap = Runtime.getRuntime().maxMemory();
    int before = 0;
    for (int threads : new int[] {1, 2, 8, 96, 1024}) {
      ServerSettings settings = settings("--threads", Integer.toString(threads));
      assertThat(settings.decoders()).isBetween(Math.max(1, before), threads);
      assertThat(settings.decoders() * settings.photos().memoryBytes())
          .as("photos of %d threads", threads)
          .isBetween(1L, heap / 2);
      before = settings.decoders();
    }
  }

  /** What no int holds, no photo has and no server can use. */
  @ParameterizedTest
  @CsvSource({
    "--max-body, 0, 1 to 1024",
    "--max-body, 1025, 1 to 1024",
    "--max-body, 2048, 1 to 1024",
    "--max-megapixels, 0, 1 to 715",
    "--max-megapixels, 3000, 1 to 715",
    "--cache, -1, 0 to 1048576",
    "--cache, 1048577, 0 to 1048576",
    "--threads, 0, 1 to 1024",
    "--batch, 0, 1 to 1024",
    "--queue, -3, 1 to 65536",
    "--deadline, 0, above 0 and at most 1000000 seconds",
    "--reload, NaN, above 0 and at most 1000000 seconds"
  })
  void number_outOfRange_isRefusedWithTheRange(String option, String value, String range) {
    assertThatThrownBy(() -> settings(option, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(option + " is " + range, "not " + value);
  }

  @Test
  void number_atTheEndOfItsRange_isTaken() throws IOException {
    assertThat(settings("--max-body", "1024").http().bodyBytes()).isEqualTo(1 << 30);
    assertThat(settings("--max-megapixels", "715").photos().pixels()).isEqualTo(715_000_000);
    assertThat(settings("--cache", "1048576").cacheBytes()).isEqualTo(1L << 40);
    assertThat(settings("--cache", "0").cacheBytes()).isZero();
  }

  /** At the start: at the end, when it counts, it would be too late. */
  @Test
  void drain_thatIsNoTime_isRefused() {
    assertThatThrownBy(() -> options("--drain", "-1").drain())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--drain is above 0");
    StringBuilder said = new StringBuilder();
    new CommandLine(new Main())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              said.append(e.getMessage());
              return 1;
            })
        .execute("--model", "no.onnx", "--port", "0", "--drain", "-1");
    assertThat(said.toString()).as("before models are opened").contains("--drain is above 0");
  }

  @Test
  void cors_howeverWritten_isAsBrowsersSendIt() throws IOException {
    assertThat(settings("--cors", "https://Example.org:443/", "--cors", "*").sites().origins())
        .containsExactlyInAnyOrder("https://example.org", "*");
    assertThatThrownBy(() -> settings("--cors", "example.org"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("--cors", "https://example.org", "'example.org'");
  }

  @Test
  void hosts_ofTheEnvironment_holdWhereNoOptionDoes() throws IOException {
    Map<String, String> environment = Map.of("FOOD_ALLOWED_HOSTS", "localhost, Food.example");
    assertThat(settings().sites().hosts()).isEmpty();
    assertThat(settings(Map.of("FOOD_ALLOWED_HOSTS", " ")).sites().hosts()).isEmpty();
    assertThat(settings(environment).sites().hosts())
        .containsExactlyInAnyOrder("localhost", "food.example");
    assertThat(settings(environment, "--allow-host", "a,b", "--allow-host", "c").sites().hosts())
        .containsExactlyInAnyOrder("a", "b", "c");
    assertThatThrownBy(() -> settings(Map.of("FOOD_ALLOWED_HOSTS", "a,http://b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("FOOD_ALLOWED_HOSTS", "'http://b'");
  }
}
