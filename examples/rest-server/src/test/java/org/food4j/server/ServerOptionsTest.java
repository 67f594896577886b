package org.food4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.food4j.server.api.ServerSettings;
import org.food4j.server.model.ModelSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the options make of a machine's cores and of its heap. */
class ServerOptionsTest {
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private static ServerSettings settings(String... arguments) throws IOException {
    ServerOptions options = new ServerOptions();
    new CommandLine(new Holder(options))
        .parseArgs(
            Stream.concat(Stream.of("--model", "food=food.onnx"), Stream.of(arguments))
                .toArray(String[]::new));
    return options.settings(Map.of());
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
}
