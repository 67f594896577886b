package org.food4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.food4j.cli.Food;
import org.food4j.cli.terminal.Screen;
import org.food4j.data.synthetic.DrawnDishes;
import org.food4j.train.monitor.UiServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UiCommandTest {
  private final Screen screen = Screen.piped();

  private int run(String... arguments) {
    return Food.run(screen.terminal(), arguments);
  }

  @Test
  void ui_withNothingToShow_saysWhatToGive(@TempDir Path run) {
    assertThat(run("ui")).isEqualTo(2);
    assertThat(screen.err()).contains("--run").contains("--remote");
    assertThat(run("ui", "--run", run.toString())).isEqualTo(1);
    assertThat(screen.err()).contains("--ui-stats").contains("tensorboard --logdir " + run);
  }

  @Test
  void training_withAServerElsewhere_isShownThereAndLater(@TempDir Path folder) throws Exception {
    Path run = folder.resolve("seen");
    new DrawnDishes(5).write(folder.resolve("photos"), 6);
    assertThat(run("data", "prepare", "--photos", folder + "/photos", "--out", folder + "/dataset"))
        .as(() -> screen.err())
        .isZero();
    try (UiServer elsewhere = new UiServer(0)) {
      elsewhere.receive();
      String address = "http://127.0.0.1:" + elsewhere.port();
      assertThat(
              run(
                  "train",
                  "--data",
                  folder + "/dataset",
                  "--out",
                  run.toString(),
                  "--ui-remote",
                  address,
                  "--set",
                  "epochs=1",
                  "--set",
                  "input_size=32",
                  "--set",
                  "batch_size=8",
                  "--set",
                  "warm_up_epochs=0"))
          .as(() -> screen.err())
          .isZero();
      assertThat(screen.err()).doesNotContain("did not reach");
      awaitSession(address);
    }

    Thread server = new Thread(() -> run("ui", "--run", run.toString(), "--port", "0"));
    server.start();
    try {
      awaitSession(address(server));
    } finally {
      server.interrupt();
      server.join();
    }
  }

  private String address(Thread server) throws InterruptedException {
    Pattern pattern = Pattern.compile("Serving (http://127.0.0.1:\\d+)/");
    while (server.isAlive()) {
      Matcher matcher = pattern.matcher(screen.err());
      if (matcher.find()) {
        return matcher.group(1);
      }
      Thread.sleep(20);
    }
    throw new AssertionError(screen.err());
  }

  /** The server looks at what is new twice a second. */
  private static void awaitSession(String address) throws IOException, InterruptedException {
    String sessions = "";
    for (int i = 0; i < 100 && !sessions.contains("seen-"); i++) {
      Thread.sleep(50);
      sessions = get(address + "/train/sessions/info");
    }
    assertThat(sessions).contains("seen-");
    assertThat(List.of(get(address + "/train/overview/data").split("scoresIter"))).hasSize(2);
  }

  private static String get(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
